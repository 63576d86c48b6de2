"""Addresses of this module."""

from django.urls import path

from entremise.documents import views

app_name = "documents"
urlpatterns = [
    path("mes-exports", views.exports, name="exports"),
    path("mes-exports/<uuid:file_id>/telecharger", views.download, name="download"),
    path("mes-exports/<uuid:file_id>/effacer", views.erase, name="erase"),
    path("mes-exports/<uuid:file_id>/recommencer", views.retry, name="retry"),
    path("exporter/<slug:code>", views.export, name="export"),
]
