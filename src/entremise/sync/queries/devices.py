"""Reads of devices."""

import hashlib
import uuid
from collections.abc import Iterable, Mapping
from typing import Any

from django.db.models import QuerySet

from entremise.core.actor import Actor
from entremise.sync import envelope, registry
from entremise.sync.enums import SETTLED
from entremise.sync.models import Device, Receipt


def own_devices(actor: Actor) -> QuerySet[Device]:
    """The member's phones, the latest first."""
    return Device.objects.visible_to(actor).filter(member_id=actor.member_id).order_by("-enrolled_at")


def devices_of(organisation_id: uuid.UUID, record_ids: Iterable[uuid.UUID]) -> dict[uuid.UUID, uuid.UUID]:
    """The phone that brought each of these records first; one noted at the office is absent."""
    brought = Receipt.objects.filter(
        organisation_id=organisation_id, entity_id__in=list(record_ids), status__in=SETTLED
    ).order_by("-received_at")
    return dict(brought.values_list("entity_id", "device_id"))


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
