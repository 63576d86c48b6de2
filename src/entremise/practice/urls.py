"""Addresses of this module."""

from django.urls import path

from entremise.practice.views import meetings, sheets

app_name = "practice"
urlpatterns = [
    path("pratique/", sheets.sheets, name="sheets"),
    path("pratique/nouvelle/<slug:layout>", sheets.begin, name="begin"),
    path("pratique/depuis/<slug:source_kind>/<uuid:source_id>", sheets.begin_from, name="begin_from"),
    path("pratique/emporter/<slug:face>", sheets.take_all, name="take_all"),
    path("pratique/fiches/<uuid:reflection_id>", sheets.sheet, name="sheet"),
    path("pratique/fiches/<uuid:reflection_id>/ecrire", sheets.edit, name="edit"),
    path("pratique/fiches/<uuid:reflection_id>/supprimer", sheets.delete, name="delete"),
    path("pratique/fiches/<uuid:reflection_id>/emporter/<slug:face>", sheets.take, name="take"),
    path("pratique/seances/", meetings.meetings, name="meetings"),
    path("pratique/seances/convoquer", meetings.convene, name="convene"),
    path("pratique/seances/tenues", meetings.held, name="held"),
    path("pratique/seances/<uuid:meeting_id>", meetings.meeting, name="meeting"),
    path("pratique/seances/<uuid:meeting_id>/en-cours", meetings.live, name="meeting_live"),
    path("pratique/seances/<uuid:meeting_id>/reponse", meetings.answer, name="meeting_answer"),
    path("pratique/seances/<uuid:meeting_id>/roles", meetings.roles, name="meeting_roles"),
    path("pratique/seances/<uuid:meeting_id>/commencer", meetings.begin, name="meeting_begin"),
    path("pratique/seances/<uuid:meeting_id>/suite", meetings.forward, name="meeting_forward"),
    path("pratique/seances/<uuid:meeting_id>/garder", meetings.keep, name="meeting_keep"),
    path("pratique/seances/<uuid:meeting_id>/annuler", meetings.cancel, name="meeting_cancel"),
    path(
        "pratique/seances/<uuid:meeting_id>/lignes/<uuid:contribution_id>/retirer",
        meetings.withdraw,
        name="meeting_withdraw",
    ),
]
