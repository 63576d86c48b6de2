"""Addresses of this module."""

from django.urls import path

from entremise.safety.views import alerts, phone, timers

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
    path("api/securite/etat", phone.state, name="phone_state"),
    path("api/securite/alertes", phone.give, name="phone_give"),
    path("api/securite/alertes/<uuid:alert_id>", phone.alert_state, name="phone_alert"),
    path("api/securite/minuteurs", phone.arm, name="phone_arm"),
    path("api/securite/minuteurs/<uuid:timer_id>/prolonger", phone.prolong, name="phone_prolong"),
    path("api/securite/minuteurs/<uuid:timer_id>/terminer", phone.end, name="phone_end"),
]
