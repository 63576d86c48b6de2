"""Addresses of this module."""

from django.urls import path

from entremise.practice.views import sheets

app_name = "practice"
urlpatterns = [
    path("pratique/", sheets.sheets, name="sheets"),
    path("pratique/nouvelle/<slug:layout>", sheets.begin, name="begin"),
    path("pratique/depuis/<slug:source_kind>/<uuid:source_id>", sheets.begin_from, name="begin_from"),
    path("pratique/emporter/<slug:face>", sheets.take_all, name="take_all"),
    path("pratique/fiches/<uuid:sheet_id>", sheets.sheet, name="sheet"),
    path("pratique/fiches/<uuid:sheet_id>/ecrire", sheets.edit, name="edit"),
    path("pratique/fiches/<uuid:sheet_id>/supprimer", sheets.delete, name="delete"),
    path("pratique/fiches/<uuid:sheet_id>/emporter/<slug:face>", sheets.take, name="take"),
]
