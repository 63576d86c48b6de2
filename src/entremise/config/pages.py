"""Addresses that belong to no module: accessibility statement, style page."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
