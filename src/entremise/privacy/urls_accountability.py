"""Addresses of the registers of data protection; ``urls`` gathers them."""

from django.urls import URLPattern, path

from entremise.privacy.views import breaches, impact, processors, register

urlpatterns: list[URLPattern] = [
    path("registre-des-traitements/", register.register_page, name="register"),
    path("registre-des-traitements/completer", register.house_edit, name="register_edit"),
    path("registre-des-traitements/confirmer", register.confirm, name="register_confirm"),
    path("registre-des-traitements/exporter/odt", register.export_odt, name="register_odt"),
    path("registre-des-traitements/exporter/csv", register.export_csv, name="register_csv"),
    path("registre-des-traitements/versions/", register.versions, name="register_versions"),
    path("registre-des-traitements/versions/<int:number>", register.version, name="register_version"),
    path("registre-des-traitements/<slug:processing>/", register.sheet, name="register_sheet"),
    path("registre-des-traitements/<slug:processing>/completer", register.sheet_edit, name="register_sheet_edit"),
    path("analyses-d-impact/", impact.impacts, name="impacts"),
    path("analyses-d-impact/<slug:processing>/", impact.impact, name="impact"),
    path("analyses-d-impact/<slug:processing>/completer", impact.impact_edit, name="impact_edit"),
    path("analyses-d-impact/<slug:processing>/exporter", impact.impact_export, name="impact_export"),
    path("analyses-d-impact/<slug:processing>/versions/<int:number>", impact.impact, name="impact_version"),
    path("violations/", breaches.breaches, name="breaches"),
    path("violations/signaler", breaches.report, name="breach_report"),
    path("violations/<uuid:breach_id>/", breaches.breach, name="breach"),
    path("violations/<uuid:breach_id>/completer", breaches.breach_edit, name="breach_edit"),
    path("violations/<uuid:breach_id>/ecarter", breaches.breach_set_aside, name="breach_set_aside"),
    path("violations/<uuid:breach_id>/clore", breaches.breach_close, name="breach_close"),
    path("violations/<uuid:breach_id>/rouvrir", breaches.breach_reopen, name="breach_reopen"),
    path("sous-traitants/", processors.processors, name="processors"),
    path("sous-traitants/nouveau", processors.processor_create, name="processor_create"),
    path("sous-traitants/<uuid:processor_id>/modifier", processors.processor_edit, name="processor_edit"),
]
