"""Addresses of this module."""

from django.urls import path

from entremise.certification.views import candidates, certifier

app_name = "certification"
urlpatterns = [
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
    path("certification/candidats/<uuid:candidate_id>/accompagnement", candidates.companion, name="companion"),
]
