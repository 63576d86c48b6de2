"""Where a form starts from: the round and the place one stands at, kept as identifiers in the address."""

import uuid
from typing import Any

from django.urls import reverse

from entremise.core.errors import NotFound
from entremise.core.http import Request
from entremise.presence import queries


def asked_uuid(request: Request, name: str) -> uuid.UUID | None:
    """An identifier of the address or of the form, None when unreadable."""
    try:
        return uuid.UUID(request.POST.get(f"{name}_id") or request.GET.get(name, ""))
    except ValueError:
        return None


def initial_from(request: Request, *, fallback: str = "presence:today") -> tuple[dict[str, Any], str]:
    """First values (round, team, place) and the page to go back to."""
    actor = request.actor
    round_id, site_id = asked_uuid(request, "round"), asked_uuid(request, "site")
    initial: dict[str, Any] = {"site_id": site_id} if site_id else {}
    if round_id is None:
        return initial, reverse(fallback)
    try:
        outing = queries.get_round(actor, round_id)
    except NotFound:
        return initial, reverse(fallback)
    initial |= {"round_id": outing.pk, "team_id": outing.team_id}
    here = queries.current_stop(outing)
    if here is not None and not site_id:
        initial["site_id"] = here.site_id
    return initial, reverse("presence:round", args=[outing.pk])
