"""Reads of devices."""

import hashlib
from collections.abc import Mapping
from typing import Any

from django.db.models import QuerySet

from entremise.core.actor import Actor
from entremise.sync import envelope, registry
from entremise.sync.models import Device


def own_devices(actor: Actor) -> QuerySet[Device]:
    """The member's phones, the latest first."""
    return Device.objects.visible_to(actor).filter(member_id=actor.member_id).order_by("-enrolled_at")


def accepted_schemas() -> list[str]:
    """Every schema this server reads, former versions too: ``act.record/1``."""
    return [f"{kind.name}/{number}" for kind in registry.kinds() for number in range(1, kind.version + 1)]


def mirror_parts(actor: Actor, known: Mapping[str, str]) -> tuple[list[str], dict[str, Any]]:
    """The codes of every part this member may keep, and those whose digest is not the known one.

    Whole states are compared, so that the order of writes does not matter: two that overlap hide nothing.
    """
    codes, parts = [], {}
    for code, collect in registry.mirrors().items():
        data = collect(actor)
        digest = hashlib.sha256(envelope.canonical(data).encode()).hexdigest()
        codes.append(code)
        if known.get(code) != digest:
            parts[code] = {"hash": digest, "data": data}
    return codes, parts
