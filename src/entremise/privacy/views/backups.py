"""The page of backups: read only, and nothing to take away from it."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from entremise.core.http import Request
from entremise.core.permissions import require
from entremise.core.ui.lists import paginate
from entremise.privacy.queries.backups import backups_overview, list_backups


@require_GET
def index(request: Request) -> HttpResponse:
    """Oldest and newest backup, keys, last rehearsal, restores."""
    require(request.actor, "privacy.view_backups")
    page = paginate(request, list_backups(), per_page=30)
    return render(request, "privacy/backups.html", {"state": backups_overview(), "page": page})
