"""Addresses that belong to no module: accessibility statement, style page."""

from django.urls import path

from entremise.config import views

urlpatterns = [
    path("accessibilite", views.accessibility, name="accessibility"),
    path("session", views.session, name="session"),
    path("style", views.style, name="style"),
]
