"""Addresses of the notebook: the service worker rules what lies under /carnet/, and nothing else."""

from django.urls import path

from entremise.notebook import views

app_name = "notebook"
urlpatterns = [
    path("carnet/", views.shell, name="shell"),
    path("carnet/service-worker.js", views.service_worker, name="service_worker"),
    path("carnet/manifeste.webmanifest", views.manifest, name="manifest"),
    path("carnet/moi", views.me, name="me"),
]
