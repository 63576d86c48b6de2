"""Addresses of this module."""

from django.urls import path

from entremise.mediations.views import cases, parties, sessions

app_name = "mediations"
_CASE = "mediations/<uuid:case_id>/"
_PARTY = f"{_CASE}parties/<uuid:party_id>/"
urlpatterns = [
    path("mediations/", cases.index, name="list"),
    path("mediations/ouvrir/", cases.open_new, name="open"),
    path(_CASE, cases.show, name="case"),
    path(f"{_CASE}recevabilite/", cases.admit, name="admit"),
    path(f"{_CASE}arreter/", cases.stop, name="stop"),
    path(f"{_CASE}etape/", cases.move, name="move"),
    path(f"{_CASE}clore/", cases.close, name="close"),
    path(f"{_CASE}parties/ajouter/", parties.add, name="add_party"),
    path(_PARTY, parties.correct, name="party"),
    path(f"{_PARTY}contact/", parties.contact, name="contact"),
    path(f"{_PARTY}entrer/", parties.consent, name="consent"),
    path(f"{_PARTY}retirer/", parties.withdraw, name="withdraw"),
    path(f"{_PARTY}preparation/", sessions.prepare, name="prepare_party"),
    path(f"{_CASE}preparation/", sessions.prepare, name="prepare"),
    path(f"{_CASE}seances/ajouter/", sessions.add, name="add_session"),
    path(f"{_CASE}seances/<uuid:session_id>/", sessions.show, name="session"),
    path(f"{_CASE}seances/<uuid:session_id>/corriger/", sessions.correct, name="correct_session"),
    path(f"{_CASE}notes/", sessions.notes, name="notes"),
    path(f"{_CASE}notes/<uuid:note_id>/", sessions.note, name="note"),
    path(f"{_CASE}notes/<uuid:note_id>/versions/", sessions.former, name="note_versions"),
]
