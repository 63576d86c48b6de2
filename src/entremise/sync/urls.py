"""Addresses of the offline protocol: the phones' interface and the pages about phones."""

from django.contrib.auth.decorators import login_not_required
from django.urls import path

from entremise.sync.views.api import api

app_name = "sync"


def _open(patterns):
    """The interface answers a closed session itself, in JSON: no redirect to the sign-in page."""
    kept = [pattern for pattern in patterns if pattern.name != "api-root"]
    for pattern in kept:
        login_not_required(pattern.callback)
    return kept


urlpatterns = [path("api/sync/", (_open(api.urls[0]), "sync_api", "sync_api"))]
