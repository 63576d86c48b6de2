"""Photos that never came: who took them, when, and what is to be done about their record."""

import uuid

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from entremise.accounts.queries import member_names
from entremise.core.http import Request
from entremise.core.permissions import require
from entremise.core.ui.lists import paginate
from entremise.sync import registry
from entremise.sync.enums import MediaState
from entremise.sync.queries.media import missing_files
from entremise.sync.services import let_go, wait_on
from entremise.sync.services.missing import AFTER


@require_GET
def photos(request: Request) -> HttpResponse:
    """One's own; for a coordinator those of their people too. The record stands: only its photo is missing."""
    require(request.actor, "sync.own_devices")
    page = paginate(request, missing_files(request.actor))
    names = member_names({slot.receipt.member_id for slot in page})
    rows = [
        {
            "slot": slot,
            "who": names.get(slot.receipt.member_id, ""),
            "label": registry.label_of(slot.receipt.schema),
            "url": _url(slot.receipt.schema, slot.receipt.applied_to or slot.receipt.entity_id),
            "may_wait": slot.state == MediaState.MANQUANT,
        }
        for slot in page
    ]
    return render(request, "sync/photos.html", {"page": page, "rows": rows, "days": AFTER.days})


def _url(schema: str, entity_id: uuid.UUID) -> str:
    kind = registry.kind_of(schema.partition("/")[0])
    return kind.url(entity_id) if kind and kind.url else ""


@require_POST
def wait(request: Request, slot_id: uuid.UUID) -> HttpResponse:
    """The phone will still be found."""
    wait_on(actor=request.actor, slot_id=slot_id)
    messages.success(request, f"La photo est attendue {AFTER.days} jours de plus. Ouvrez le carnet avec du réseau.")
    return redirect("sync:photos")


@require_POST
def without(request: Request, slot_id: uuid.UUID) -> HttpResponse:
    """The record stays as it is."""
    let_go(actor=request.actor, slot_id=slot_id)
    messages.success(request, "La fiche reste sans cette photo.")
    return redirect("sync:photos")
