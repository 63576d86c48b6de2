"""Addresses of this module."""

from django.urls import path

from entremise.statistics import views

app_name = "statistics"
urlpatterns = [
    path("bilans/", views.report, name="report"),
    path("bilans/telecharger/<slug:face>", views.download, name="download"),
    path("bilans/texte", views.text, name="text"),
    path("bilans/envoyer", views.share, name="share"),
    path("bilans/definitions", views.definitions, name="definitions"),
    path("bilans/conventions/", views.conventions, name="conventions"),
    path("bilans/conventions/nouvelle", views.convention_create, name="convention_create"),
    path("bilans/conventions/<uuid:convention_id>", views.convention_edit, name="convention_edit"),
    path("bilans/conventions/<uuid:convention_id>/liens", views.links, name="links"),
    path("bilans/liens/<uuid:link_id>/retirer", views.revoke, name="revoke"),
    path("bilan-partage/<str:token>/", views.shared, name="shared"),
    path("bilan-partage/<str:token>/pdf", views.shared_pdf, name="shared_pdf"),
]
