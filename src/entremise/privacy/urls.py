"""Addresses of this module."""

from django.urls import path

from entremise.privacy import urls_accountability, urls_retention
from entremise.privacy.views import agreements, answers, backups, persons, requests

app_name = "privacy"
urlpatterns = [
    *urls_accountability.urlpatterns,
    *urls_retention.urlpatterns,
    path("sauvegardes/", backups.index, name="backups"),
    path("droits/", requests.index, name="requests"),
    path("droits/noter", requests.record, name="request_record"),
    path("droits/noter/<uuid:person_id>", requests.record, name="request_record_for"),
    path("droits/<uuid:request_id>", requests.detail, name="request"),
    path("droits/<uuid:request_id>/prendre", requests.take, name="request_take"),
    path("droits/<uuid:request_id>/personne", requests.match, name="request_match"),
    path("droits/<uuid:request_id>/identite", requests.identity, name="request_identity"),
    path("droits/<uuid:request_id>/prolonger", requests.extend, name="request_extend"),
    path("droits/<uuid:request_id>/repondre", requests.answer, name="request_answer"),
    path("personnes/", persons.index, name="persons"),
    path("personnes/trouver/", persons.find, name="find_person"),
    path("personnes/ouvrir/", persons.create, name="open_person"),
    path("personnes/notice/", agreements.notice, name="notice"),
    path("personnes/notice.pdf", agreements.notice_paper, name="notice_pdf"),
    path("personnes/<uuid:person_id>/", persons.show, name="person"),
    path("personnes/<uuid:person_id>/corriger/", persons.correct, name="correct_person"),
    path("personnes/<uuid:person_id>/accords/donner/", agreements.give, name="give_agreement"),
    path(
        "personnes/<uuid:person_id>/accords/<uuid:agreement_id>/retirer/",
        agreements.withdraw,
        name="withdraw_agreement",
    ),
    path("droits/<uuid:request_id>/copie", answers.prepare, name="request_copy"),
    path("droits/<uuid:request_id>/dossier", answers.dossier, name="request_dossier"),
    path("droits/<uuid:request_id>/lectures", answers.readings, name="request_readings"),
    path("droits/<uuid:request_id>/limiter", answers.restrict, name="request_restrict"),
    path("droits/<uuid:request_id>/lever", answers.lift, name="request_lift"),
    path("droits/<uuid:request_id>/cesser-le-suivi", answers.oppose, name="request_oppose"),
    path("droits/<uuid:request_id>/effacer", answers.erase, name="request_erase"),
    path("droits/<uuid:request_id>/lettre/<slug:face>", answers.letter, name="request_letter"),
]
