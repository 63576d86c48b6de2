"""Addresses of the offline protocol: the phones' interface and the pages about phones."""

from django.contrib.auth.decorators import login_not_required
from django.urls import path

from entremise.sync.views import conflicts, health, mine, phones, photos
from entremise.sync.views.api import api

app_name = "sync"


def _open(patterns):
    """The interface answers a closed session itself, in JSON: no redirect to the sign-in page."""
    kept = [pattern for pattern in patterns if pattern.name != "api-root"]
    for pattern in kept:
        login_not_required(pattern.callback)
    return kept


urlpatterns = [
    path("api/sync/", (_open(api.urls[0]), "sync_api", "sync_api")),
    path("mon-compte/telephones", phones.devices, name="devices"),
    path("mon-compte/telephones/<uuid:device_id>/revoquer", phones.revoke, name="device_revoke"),
    path("telephones", phones.every_device, name="every_device"),
    path("telephones/sante", health.health, name="health"),
    path("telephones/saisies/<uuid:operation_id>/reprendre", health.retry, name="operation_retry"),
    path("telephones/saisies/<uuid:operation_id>/laisser", health.aside, name="operation_aside"),
    path("saisies", mine.mine, name="mine"),
    path("saisies/<uuid:operation_id>", mine.operation, name="operation"),
    path("saisies/comparer", conflicts.conflicts, name="conflicts"),
    path("saisies/comparer/<uuid:conflict_id>", conflicts.conflict, name="conflict"),
    path("saisies/photos", photos.photos, name="photos"),
    path("saisies/photos/<uuid:slot_id>/attendre", photos.wait, name="photo_wait"),
    path("saisies/photos/<uuid:slot_id>/laisser", photos.without, name="photo_without"),
    path("saisies/importer", mine.import_page, name="import"),
]
