"""Addresses of this module."""

from django.urls import path

from entremise.competences import views

app_name = "competences"
urlpatterns = [
    path("competences/", views.records, name="records"),
    path("competences/<slug:record_code>", views.record, name="record"),
]
