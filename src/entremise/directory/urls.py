"""Addresses of this module."""

from django.urls import path

from entremise.directory.views import owners, partners, spreadsheets

app_name = "directory"
urlpatterns = [
    path("relais", partners.relays, name="relays"),
    path("annuaire/", partners.partner_list, name="partners"),
    path("annuaire/nouveau", partners.partner_create, name="partner_create"),
    path("annuaire/responsables", owners.owners, name="owners"),
    path("annuaire/responsables/<uuid:owner_id>/retirer", owners.owner_remove, name="owner_remove"),
    path("annuaire/lieux/<uuid:site_id>", owners.site_owners, name="site_owners"),
    path("annuaire/import", spreadsheets.import_partners, name="import"),
    path("annuaire/import/modele", spreadsheets.import_template, name="import_template"),
    path("annuaire/import/<uuid:draft_id>", spreadsheets.import_preview, name="import_preview"),
    path("annuaire/import/<uuid:draft_id>/confirmer", spreadsheets.import_confirm, name="import_confirm"),
    path("annuaire/<uuid:partner_id>", partners.partner, name="partner"),
    path("annuaire/<uuid:partner_id>/modifier", partners.partner_edit, name="partner_edit"),
    path("annuaire/<uuid:partner_id>/verifie", partners.partner_checked, name="partner_checked"),
    path("annuaire/<uuid:partner_id>/retirer", partners.partner_close, name="partner_close"),
    path("annuaire/<uuid:partner_id>/remettre", partners.partner_reopen, name="partner_reopen"),
]
