"""Addresses of this module."""

from django.urls import path

from entremise.practice.views import evidence, ledgers, meetings, portfolio, sheets

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
    path("pratique/portfolio/", portfolio.portfolio, name="portfolio"),
    path("pratique/portfolio/declaration", portfolio.state, name="state"),
    path("pratique/portfolio/figer", portfolio.freeze, name="freeze"),
    path("pratique/portfolio/emporter", portfolio.take_portfolio, name="take_portfolio"),
    path("pratique/portfolio/figes/<uuid:snapshot_id>", portfolio.snapshot, name="snapshot"),
    path("pratique/portfolio/figes/<uuid:snapshot_id>/emporter", portfolio.take_snapshot, name="take_snapshot"),
    path("pratique/portfolio/choisir/<slug:evidence_kind>", evidence.choose, name="evidence_choose"),
    path("pratique/portfolio/nouvelle/<slug:evidence_kind>", evidence.begin, name="evidence_begin"),
    path(
        "pratique/portfolio/nouvelle/<slug:evidence_kind>/<uuid:own_record_id>",
        evidence.begin_from,
        name="evidence_begin_from",
    ),
    path("pratique/portfolio/preuves/<uuid:evidence_id>", evidence.evidence, name="evidence"),
    path("pratique/portfolio/preuves/<uuid:evidence_id>/relire", evidence.edit, name="evidence_edit"),
    path("pratique/portfolio/preuves/<uuid:evidence_id>/fichier", evidence.evidence_file, name="evidence_file"),
    path("pratique/portfolio/preuves/<uuid:evidence_id>/retirer", evidence.remove, name="evidence_remove"),
    path("pratique/registres/", ledgers.ledgers, name="ledgers"),
    path("pratique/registres/nouvelle/<slug:ledger_kind>", ledgers.new_line, name="line_new"),
    path("pratique/registres/<uuid:line_id>", ledgers.edit_line, name="line_edit"),
    path("pratique/registres/<uuid:line_id>/retirer", ledgers.remove_line, name="line_remove"),
    path("pratique/attestations/demander/<slug:attestation_kind>", ledgers.ask, name="attestation_ask"),
    path("pratique/attestations/<uuid:attestation_id>/retirer", ledgers.revoke, name="attestation_revoke"),
    path("attester/<slug:token>", ledgers.attest, name="attest"),
]
