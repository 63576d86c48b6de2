"""Phones: enrol, follow, revoke."""

import uuid
from typing import Any

from django.db import transaction

from entremise.core.actor import Actor
from entremise.core.db import get_one
from entremise.core.errors import InvalidInput
from entremise.core.ids import uuid7
from entremise.core.permissions import require
from entremise.core.text import one_line
from entremise.core.time import now
from entremise.journal.services import publish
from entremise.sync import envelope
from entremise.sync.commands import EnrolDevice
from entremise.sync.envelope import Unreadable
from entremise.sync.events import DeviceEnrolled, DeviceRevoked
from entremise.sync.models import Device, Receipt
from entremise.sync.queries.epoch import current_epoch

MOST_GAPS = 20
REPORTED = ("waiting", "issued", "usage", "quota", "media")


@transaction.atomic
def enrol_device(*, actor: Actor, command: EnrolDevice) -> Device:
    """Enrol the phone the signed-in member writes on; doing it again with the same keys changes nothing.

    A phone that the server has forgotten (a restored backup) names the identifier its operations carry.
    Raises InvalidInput (keys), NotFound when that identifier is somebody else's.
    """
    require(actor, "sync.enrol")
    assert actor.member_id is not None  # whoever may enrol is a member
    for name in ("signing_public", "reading_public"):
        _check_key(name, getattr(command, name))
    known = _known(actor, command)
    if known is not None:
        return known
    device = Device.objects.create(
        pk=command.device or uuid7(),
        organisation_id=actor.organisation_id,
        member_id=actor.member_id,
        browser=one_line(command.name)[:80],
        signing_public=command.signing_public,
        reading_public=command.reading_public,
        last_contact_at=now(),
    )
    publish(DeviceEnrolled(actor=actor, target_id=device.pk))
    return device


def _known(actor: Actor, command: EnrolDevice) -> Device | None:
    assert actor.member_id is not None
    keys = {"signing_public": command.signing_public, "reading_public": command.reading_public}
    own = Device.objects.filter(organisation_id=actor.organisation_id, member_id=actor.member_id)
    if command.device is None:
        return own.filter(**keys, revoked_at=None).first()
    found = Device.objects.filter(pk=command.device).first()
    if found is None:
        return None
    known = get_one(own.filter(pk=command.device))
    if (known.signing_public, known.reading_public) != tuple(keys.values()):
        raise InvalidInput({"device": ["Cet appareil est déjà inscrit avec d’autres clés."]})
    return known


def _check_key(name: str, value: str) -> None:
    try:
        envelope.public_key(envelope.decode(value[:200]))
    except Unreadable:
        raise InvalidInput({name: ["Cette clé n’est pas un point de la courbe P-256."]})


@transaction.atomic
def revoke_device(*, actor: Actor, device_id: uuid.UUID) -> Device:
    """Revoke a phone: what it still sends is kept aside, then it is told to wipe. Twice changes nothing."""
    device = get_one(Device.objects.visible_to(actor).select_for_update().filter(pk=device_id))
    require(actor, "sync.revoke", device)
    if device.revoked_at is None:
        device.revoked_at, device.revoked_by_id = now(), actor.member_id
        device.save(update_fields=["revoked_at", "revoked_by"])
        publish(DeviceRevoked(actor=actor, target_id=device.pk))
    return device


def report_health(*, actor: Actor, device_id: uuid.UUID, report: dict[str, Any]) -> None:
    """Keep what a phone says of itself: counts, whether its storage is kept, its version. Nothing else is read."""
    kept: dict[str, Any] = {}
    for name in REPORTED:
        value = report.get(name)
        if isinstance(value, int) and not isinstance(value, bool) and 0 <= value < 2**53:
            kept[name] = value
    if isinstance(report.get("persisted"), bool):
        kept["persisted"] = report["persisted"]
    if isinstance(report.get("version"), str):
        kept["version"] = one_line(report["version"])[:20]
    own = Device.objects.filter(pk=device_id, organisation_id=actor.organisation_id)
    own.update(health=kept, last_contact_at=now())


def follow(actor: Actor, device: Device, told: int, epoch: str) -> tuple[dict[str, Any], list[uuid.UUID]]:
    """Bring what is known of a device up to date; what to tell it, and its identifier when a gap has just closed."""
    with transaction.atomic():
        row = Device.objects.select_for_update().get(pk=device.pk)
        was_open = row.gap_since is not None
        _advance(row)
        row.told_seq = max(row.told_seq, told)
        row.last_contact_at = now()
        wiped = row.revoked_at is not None and row.member_id == actor.member_id
        if wiped and row.wipe_told_at is None:
            row.wipe_told_at = now()
        row.save()
    behind = told > row.acknowledged_seq or bool(epoch and epoch != current_epoch() and told)
    state = {
        "acknowledged": row.acknowledged_seq,
        "gap": gaps_of(row),
        "revoked": row.revoked_at is not None,
        "wipe": row.revoked_at is not None and row.gap_since is None,
        "replay_from": row.acknowledged_seq + 1 if behind else None,
    }
    return state, [row.pk] if was_open and row.gap_since is None else []


def _advance(row: Device) -> None:
    """Walk the ranks received since the last one without a gap."""
    ranks = Receipt.objects.filter(device_id=row.pk, seq__gt=row.acknowledged_seq).order_by("seq")
    for rank in ranks.values_list("seq", flat=True):
        if rank == row.acknowledged_seq + 1:
            row.acknowledged_seq = rank
        row.highest_seq = max(row.highest_seq, rank)
    if row.highest_seq == row.acknowledged_seq:
        row.gap_since = None
    elif row.gap_since is None:
        row.gap_since = now()


def gaps_of(device: Device) -> list[list[int]]:
    """The ranks never received below the highest, as ``[first, last]`` pairs, at most ``MOST_GAPS``."""
    if device.highest_seq == device.acknowledged_seq:
        return []
    gaps: list[list[int]] = []
    expected = device.acknowledged_seq + 1
    ranks = Receipt.objects.filter(device_id=device.pk, seq__gt=device.acknowledged_seq).order_by("seq")
    for rank in ranks.values_list("seq", flat=True):
        if rank > expected:
            gaps.append([expected, rank - 1])
        expected = rank + 1
    return gaps[:MOST_GAPS]


def told(device: Device) -> dict[str, Any]:
    """What the server knows of a device, for its first question of the day."""
    return {
        "acknowledged": device.acknowledged_seq,
        "gap": gaps_of(device),
        "revoked": device.revoked_at is not None,
        "wipe": device.revoked_at is not None and device.gap_since is None,
        "replay_from": None,
    }
