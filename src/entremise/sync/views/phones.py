"""One's own phones; every phone, for the administrator."""

import uuid

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from entremise.core.http import Request
from entremise.core.permissions import can, require
from entremise.sync.queries.devices import own_devices
from entremise.sync.queries.health import device_lines
from entremise.sync.services import revoke_device


@require_GET
def devices(request: Request) -> HttpResponse:
    """The phones the member writes on."""
    require(request.actor, "sync.own_devices")
    return render(request, "sync/devices.html", {"devices": own_devices(request.actor)})


@require_GET
def every_device(request: Request) -> HttpResponse:
    """Every phone by its member's function, for the administrator."""
    require(request.actor, "sync.view_devices")
    return render(request, "sync/every_device.html", {"lines": device_lines(request.actor)})


@require_POST
def revoke(request: Request, device_id: uuid.UUID) -> HttpResponse:
    """Revoke a phone; back to where one came from."""
    revoke_device(actor=request.actor, device_id=device_id)
    messages.success(request, "Ce téléphone est révoqué. Ce qu’il rendra encore sera gardé à part, puis il s’effacera.")
    back = request.POST.get("back", "")
    if back == "all" and can(request.actor, "sync.view_devices"):
        return redirect("sync:every_device")
    return redirect("sync:health" if back == "health" else "sync:devices")
