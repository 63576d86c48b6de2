"""Addresses of this module."""

from django.urls import URLPattern

from entremise.interventions.urls_reference import urlpatterns as reference_urls

app_name = "interventions"
urlpatterns: list[URLPattern] = [*reference_urls]
