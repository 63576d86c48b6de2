"""Addresses of this module."""

from django.urls import path

from entremise.places.views import search, sectors, sites, spreadsheets

app_name = "places"
urlpatterns = [
    path("lieux/", sites.site_list, name="sites"),
    path("lieux/nouveau", sites.site_create, name="site_create"),
    path("lieux/secteurs", sectors.sector_list, name="sectors"),
    path("lieux/secteurs/nouveau", sectors.sector_create, name="sector_create"),
    path("lieux/secteurs/<uuid:sector_id>", sectors.sector_edit, name="sector_edit"),
    path("lieux/import", spreadsheets.import_sites, name="import"),
    path("lieux/import/modele", spreadsheets.import_template, name="import_template"),
    path("lieux/import/<uuid:draft_id>", spreadsheets.import_preview, name="import_preview"),
    path("lieux/import/<uuid:draft_id>/confirmer", spreadsheets.import_confirm, name="import_confirm"),
    path("lieux/<uuid:site_id>", sites.site, name="site"),
    path("lieux/<uuid:site_id>/modifier", sites.site_edit, name="site_edit"),
    path("lieux/<uuid:site_id>/fermer", sites.site_close, name="site_close"),
    path("lieux/<uuid:site_id>/rouvrir", sites.site_reopen, name="site_reopen"),
    path("communes/recherche", search.commune_options, name="commune_options"),
    path("communes/<str:code>", search.commune, name="commune"),
    path("recherche", search.search, name="search"),
]
