"""Addresses of this module."""

from django.urls import URLPattern, path

from entremise.presence.views import carnet, defects, log, photos, rounds, today, watch

app_name = "presence"
urlpatterns: list[URLPattern] = [
    path("", today.today, name="today"),
    path("tournee/", carnet.my_round, name="my_round"),
    path("tournee/commencee", rounds.open_late, name="open_late"),
    path("tournee/<uuid:round_id>/", carnet.round_page, name="round"),
    path("tournee/<uuid:round_id>/arriver", carnet.arrive, name="arrive"),
    path("tournee/<uuid:round_id>/rejoindre", rounds.join, name="join"),
    path("tournee/<uuid:round_id>/terminer", rounds.close_round, name="close_round"),
    path("passages/<uuid:stop_id>/compter", carnet.tally, name="tally"),
    path("passages/<uuid:stop_id>/ambiance", carnet.atmosphere, name="atmosphere"),
    path("passages/<uuid:stop_id>/accueil", carnet.reception, name="reception"),
    path("tournees/", rounds.rounds, name="rounds"),
    path("tournees/prevoir", rounds.plan, name="plan"),
    path("tournees/<uuid:round_id>/", rounds.round_detail, name="round_detail"),
    path("tournees/<uuid:round_id>/ouvrir", rounds.open_planned, name="open_planned"),
    path("tournees/<uuid:round_id>/annuler", rounds.cancel, name="cancel"),
    path("tournees/<uuid:round_id>/reunir/<uuid:other_id>", rounds.merge, name="merge"),
    path("observations/", watch.observations, name="observations"),
    path("observations/nouvelle", watch.observe, name="observe"),
    path("observations/<uuid:observation_id>/", watch.observation, name="observation"),
    path("signalements-techniques/", defects.defects, name="defects"),
    path("signalements-techniques/nouveau", defects.report, name="report"),
    path("signalements-techniques/<uuid:defect_id>/", defects.defect, name="defect"),
    path("signalements-techniques/<uuid:defect_id>/etape", defects.advance, name="advance"),
    path("signalements-techniques/<uuid:defect_id>/etape-en-ligne", defects.advance_row, name="advance_row"),
    path("signalements-techniques/<uuid:defect_id>/prevenir", defects.notify, name="notify"),
    path("signalements-techniques/<uuid:defect_id>/photos", photos.photo_add, name="photo_add"),
    path("signalements-techniques/photos/<uuid:photo_id>", photos.photo, name="photo"),
    path("signalements-techniques/photos/<uuid:photo_id>/retirer", photos.photo_remove, name="photo_remove"),
    path("main-courante/", log.log_home, name="log_home"),
    path("main-courante/consigne", log.instruct, name="instruct"),
    path("main-courante/appel", log.note_call, name="note_call"),
    path("main-courante/nouveautes", log.log_changes, name="all_changes"),
    path("main-courante/lignes/<uuid:entry_id>/lu", log.acknowledge, name="acknowledge"),
    path("main-courante/lignes/<uuid:entry_id>/retirer", log.withdraw, name="withdraw"),
    path("main-courante/<uuid:team_id>/", log.log, name="log"),
    path("main-courante/<uuid:team_id>/nouveautes", log.log_changes, name="log_changes"),
]
