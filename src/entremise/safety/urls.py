"""Addresses of this module."""

from django.urls import path

from entremise.safety.views import alerts, debriefs, phone, sheets, timers

app_name = "safety"
urlpatterns = [
    path("securite/", timers.home, name="home"),
    path("securite/alertes/", alerts.index, name="alerts"),
    path("securite/alertes/donner", alerts.give, name="give"),
    path("securite/alertes/nouvelles", alerts.news, name="news"),
    path("securite/alertes/<uuid:alert_id>/", alerts.show, name="alert"),
    path("securite/alertes/<uuid:alert_id>/repondre", alerts.answer, name="answer"),
    path("securite/alertes/<uuid:alert_id>/clore", alerts.close, name="close"),
    path("securite/minuteur/", timers.timer, name="timer"),
    path("securite/minuteur/etat", timers.timer_state, name="timer_state"),
    path("securite/minuteur/<uuid:timer_id>/prolonger", timers.prolong, name="prolong"),
    path("securite/minuteur/<uuid:timer_id>/terminer", timers.end, name="end"),
    path("securite/codes/", timers.codes, name="codes"),
    path("securite/astreinte/", timers.chain, name="chain"),
    path("securite/fiches/", sheets.index, name="sheets"),
    path("securite/fiches/ecrire", sheets.write, name="sheet_write"),
    path("securite/fiches/nombres", sheets.counts, name="counts"),
    path("securite/fiches/<uuid:sheet_id>/", sheets.show, name="sheet"),
    path("securite/fiches/<uuid:sheet_id>/corriger", sheets.correct, name="sheet_correct"),
    path("securite/fiches/<uuid:sheet_id>/suivi", sheets.follow, name="sheet_follow"),
    path("securite/debriefings/", debriefs.index, name="debriefs"),
    path("securite/debriefings/tenir", debriefs.hold, name="debrief_hold"),
    path("securite/debriefings/<uuid:debrief_id>/", debriefs.show, name="debrief"),
    path("securite/debriefings/<uuid:debrief_id>/lecon", debriefs.lesson, name="lesson"),
    path("api/securite/etat", phone.state, name="phone_state"),
    path("api/securite/alertes", phone.give, name="phone_give"),
    path("api/securite/alertes/<uuid:alert_id>", phone.alert_state, name="phone_alert"),
    path("api/securite/minuteurs", phone.arm, name="phone_arm"),
    path("api/securite/minuteurs/<uuid:timer_id>/prolonger", phone.prolong, name="phone_prolong"),
    path("api/securite/minuteurs/<uuid:timer_id>/terminer", phone.end, name="phone_end"),
]
