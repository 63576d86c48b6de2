"""Addresses of this module."""

from django.urls import path

from entremise.interventions.urls_reference import urlpatterns as reference_urls
from entremise.interventions.views import after, followed, lists, merging, record, rereading, review, threads

app_name = "interventions"
urlpatterns = [
    path("noter/", record.record, name="record"),
    path("interventions/", lists.index, name="list"),
    path("interventions/a-relire/", review.review, name="review"),
    path("interventions/recits-a-relire/", rereading.queue, name="rereading"),
    path("interventions/meme-situation/", merging.pairs, name="pairs"),
    path("interventions/<uuid:act_id>/fusionner/<uuid:twin_id>/", merging.merge, name="merge"),
    path("interventions/<uuid:act_id>/distinctes/<uuid:twin_id>/", merging.apart, name="keep_apart"),
    path("interventions/<uuid:act_id>/rendre-anonyme/", rereading.make_anonymous, name="make_anonymous"),
    path("interventions/<uuid:act_id>/garder-le-recit/", rereading.keep, name="keep_words"),
    path("interventions/<uuid:act_id>/", lists.detail, name="detail"),
    path("interventions/<uuid:act_id>/enregistree/", record.recorded, name="recorded"),
    path("interventions/<uuid:act_id>/corriger/", record.correct, name="correct"),
    path("interventions/<uuid:act_id>/valider/", review.validate, name="validate"),
    path("interventions/<uuid:act_id>/verrouiller/", review.lock, name="lock"),
    path("interventions/<uuid:act_id>/demander-correction/", review.ask_correction, name="request_correction"),
    path("interventions/<uuid:act_id>/fil/", threads.join, name="join_thread"),
    path("interventions/<uuid:act_id>/repasser/", after.plan_return, name="plan_return"),
    path("interventions/<uuid:act_id>/lecture/<slug:party>/", after.reading, name="reading"),
    path("suites/", after.index, name="after"),
    path("suites/repassages/<uuid:visit_id>/lever/", after.lift_return, name="lift_return"),
    path("suites/actions/", after.actions, name="actions"),
    path("suites/actions/ouvrir/", after.open_action, name="open_action"),
    path("suites/actions/<uuid:action_id>/", after.action, name="action"),
    path("suites/actions/<uuid:action_id>/faite/", after.finish_action, name="finish_action"),
    path("fils/", threads.index, name="threads"),
    path("fils/<uuid:thread_id>/", threads.show, name="thread"),
    path("fils/<uuid:thread_id>/rappel/", threads.remind, name="remind"),
    path("fils/<uuid:thread_id>/personne/", followed.link, name="link_person"),
    path("personnes/<uuid:person_id>/interventions/", followed.panel, name="person_panel"),
    path("personnes/<uuid:person_id>/fils/ouvrir/", followed.open_thread, name="open_person_thread"),
    path("fils/<uuid:thread_id>/clore/", threads.close, name="close_thread"),
    *reference_urls,
]
