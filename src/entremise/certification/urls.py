"""Addresses of this module."""

from django.urls import path

from entremise.certification.views import candidates, certificates, certifier, convocations, deposits, juries, sessions

app_name = "certification"
EXAM = "certification/sessions/<uuid:exam_id>"
urlpatterns = [
    path("certification/sessions/", sessions.sessions, name="sessions"),
    path("certification/sessions/prevoir", sessions.new_session, name="new_session"),
    path(EXAM, sessions.session, name="session"),
    path(f"{EXAM}/dates", sessions.change_session, name="change_session"),
    path(f"{EXAM}/candidats", sessions.add_sittings, name="add_sittings"),
    path(f"{EXAM}/passages/<uuid:sitting_id>/retirer", sessions.remove_sitting, name="remove_sitting"),
    path(f"{EXAM}/jury", sessions.seat_juror, name="seat_juror"),
    path(f"{EXAM}/jury/<uuid:seat_id>/recuser", sessions.recuse, name="recuse"),
    path(f"{EXAM}/convoquer", sessions.convoke, name="convoke"),
    path(f"{EXAM}/ouvrir", sessions.open_exam, name="open_exam"),
    path(f"{EXAM}/annuler", sessions.cancel, name="cancel"),
    path(f"{EXAM}/convocations/jury/<uuid:seat_id>.pdf", convocations.juror_letter, name="juror_letter"),
    path(
        f"{EXAM}/convocations/candidats/<uuid:candidate_id>.pdf",
        convocations.candidate_letter,
        name="candidate_letter",
    ),
    path(f"{EXAM}/passages/<uuid:sitting_id>/noter", juries.mark, name="mark"),
    path(f"{EXAM}/deliberer", juries.deliberate, name="deliberate"),
    path(f"{EXAM}/passages/<uuid:sitting_id>/resultat", juries.result, name="result"),
    path(f"{EXAM}/proces-verbal", juries.read_minutes, name="minutes"),
    path(f"{EXAM}/proces-verbal.pdf", juries.minutes_pdf, name="minutes_pdf"),
    path(f"{EXAM}/proces-verbal/dresser", juries.draw, name="draw"),
    path(f"{EXAM}/proces-verbal/signer", juries.sign, name="sign"),
    path(f"{EXAM}/proces-verbal/additif", juries.addendum, name="addendum"),
    path("certification/reglages", certifier.settings, name="settings"),
    path("certification/membres-de-jury/", certifier.jurors, name="jurors"),
    path("certification/membres-de-jury/ajouter", certifier.new_juror, name="new_juror"),
    path("certification/membres-de-jury/<uuid:juror_id>", certifier.juror, name="juror"),
    path("certification/candidats/", candidates.candidates, name="candidates"),
    path("certification/candidats/nouveau", candidates.new_candidate, name="new_candidate"),
    path("certification/candidats/<uuid:candidate_id>", candidates.candidate, name="candidate"),
    path("certification/candidats/<uuid:candidate_id>/etat-civil", candidates.civil_status, name="civil_status"),
    path("certification/candidats/<uuid:candidate_id>/candidature", candidates.candidacy, name="candidacy"),
    path("certification/candidats/<uuid:candidate_id>/abandon", candidates.withdraw, name="withdraw"),
    path("certification/candidats/<uuid:candidate_id>/certificats", certificates.deliver, name="deliver"),
    path("certification/certificats/<uuid:certificate_id>/exemplaire", certificates.copy, name="copy"),
    path("certification/certificats/<uuid:certificate_id>/retirer", certificates.revoke, name="revoke"),
    path("certification/depot/", deposits.deposits, name="deposits"),
    path("certification/depot/preparer", deposits.make, name="make_deposit"),
    path("certification/depot/<uuid:deposit_id>.xml", deposits.deposit_file, name="deposit_file"),
    path("verifier/<slug:number>/<slug:check>", certificates.verify, name="verify"),
    path("certification/candidats/<uuid:candidate_id>/accompagnement", candidates.companion, name="companion"),
]
