"""Addresses of this module."""

from django.urls import URLPattern

app_name = "places"
urlpatterns: list[URLPattern] = []
