"""Addresses of this module."""

from django.urls import path

from entremise.mediations.views import agreements, cases, figures, papers, parties, people, sessions

app_name = "mediations"
_CASE = "mediations/<uuid:case_id>/"
_PARTY = f"{_CASE}parties/<uuid:party_id>/"
urlpatterns = [
    path("mediations/", cases.index, name="list"),
    path("mediations/ouvrir/", cases.open_new, name="open"),
    path("mediations/ouvrir/depuis/<uuid:act_id>/", cases.open_from_act, name="open_from_act"),
    path("mediations/chiffres/", figures.show, name="figures"),
    path("mediations/a-confirmer/", people.waiting, name="successions"),
    path("mediations/places/<uuid:place_id>/confirmer/", people.confirm, name="confirm"),
    path("mediations/places/<uuid:place_id>/repondre/", people.declare, name="declare"),
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
    path(f"{_CASE}accord/", agreements.show, name="agreement"),
    path(f"{_CASE}accord/ecrire/", agreements.draft, name="draft_agreement"),
    path(f"{_CASE}accord/conclure/", agreements.conclude, name="conclude"),
    path(f"{_PARTY}accord/signer/", agreements.sign, name="sign"),
    path(f"{_PARTY}accord.pdf", agreements.copy, name="agreement_copy"),
    path(f"{_PARTY}extrait/", papers.extract, name="extract"),
    path(f"{_CASE}suivi/<uuid:follow_up_id>/", agreements.follow_up, name="follow_up"),
    path(f"{_PARTY}courriers/", papers.letters, name="letters"),
    path(f"{_PARTY}lettre.pdf", papers.letter, name="letter"),
    path(f"{_PARTY}avis.pdf", papers.notice, name="notice"),
    path(f"{_CASE}point.pdf", papers.stage, name="stage_report"),
    path(f"{_CASE}mediateurs/", people.name, name="name_mediator"),
    path(f"{_CASE}quitter/", people.leave, name="leave"),
    path(f"{_CASE}prevenir/", people.warn, name="warn"),
    path(f"{_CASE}vu/", people.seen, name="seen"),
    path(f"{_CASE}danger/", people.disclose, name="disclose"),
    path(f"{_CASE}danger/<uuid:disclosure_id>/", people.decide, name="decide"),
]
