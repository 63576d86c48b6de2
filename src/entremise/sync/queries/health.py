"""Phones in trouble: by hour, never by place."""

import datetime as dt
import uuid
from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db.models import Count

from entremise.accounts.enums import Role
from entremise.accounts.queries import list_members, member_names
from entremise.core.actor import Actor
from entremise.core.time import now
from entremise.sync.enums import ConflictState, OperationStatus
from entremise.sync.models import Conflict, Device, Receipt
from entremise.sync.queries.operations import supervised_members

HELD_LONG = dt.timedelta(days=5)
SILENT = dt.timedelta(days=3)
LATE = dt.timedelta(hours=12)
FORGOTTEN = dt.timedelta(days=90)  # a phone that has nothing to give back and was not seen since is not listed


@dataclass(frozen=True)
class PhoneLine:
    """A phone as a coordinator or an administrator sees it; ``alarms`` are sentences, empty when all is well."""

    device: Device
    who: str
    waiting: int
    gaps: str
    alarms: list[str] = field(default_factory=list)


def phone_lines(actor: Actor) -> list[PhoneLine]:
    """The phones of the coordinator's people, those in trouble first: five queries whatever the number."""
    members = supervised_members(actor)
    devices = list(Device.objects.visible_to(actor).filter(member_id__in=members).order_by("-last_contact_at", "pk"))
    names = member_names({device.member_id for device in devices})
    newest = _newest(devices)
    lines = [_line(device, names.get(device.member_id, ""), newest) for device in devices]
    seen = [line for line in lines if line.alarms or not _is_forgotten(line.device)]
    return sorted(seen, key=lambda line: not line.alarms)


def device_lines(actor: Actor) -> list[PhoneLine]:
    """Every phone of the organisation by its member's function, for the administrator: no name."""
    devices = list(Device.objects.visible_to(actor).order_by("-last_contact_at", "pk"))
    functions = {
        member.pk: ", ".join(Role(code).label for code in Role.values if code in member.roles)
        for member in list_members(actor, with_former=True).filter(pk__in={device.member_id for device in devices})
    }
    newest = _newest(devices)
    return [_line(device, functions.get(device.member_id, ""), newest) for device in devices]


def _newest(devices: Iterable[Device]) -> dict[uuid.UUID, Device]:
    found: dict[uuid.UUID, Device] = {}
    for device in sorted(devices, key=lambda one: one.enrolled_at):
        found[device.member_id] = device
    return found


def _is_forgotten(device: Device) -> bool:
    return device.revoked_at is not None or (device.last_contact_at or device.enrolled_at) < now() - FORGOTTEN


def _line(device: Device, who: str, newest: dict[uuid.UUID, Device]) -> PhoneLine:
    waiting = int(device.health.get("waiting", 0))
    gap = f"à partir du {device.acknowledged_seq + 1}" if device.gap_since else ""
    return PhoneLine(device, who, waiting, gap, _alarms(device, waiting, newest))


def _alarms(device: Device, waiting: int, newest: dict[uuid.UUID, Device]) -> list[str]:
    alarms = []
    silence = now() - (device.last_contact_at or device.enrolled_at)
    if device.gap_since is not None:
        alarms.append("Des numéros manquent : une saisie n’est pas arrivée.")
    if waiting and newest.get(device.member_id, device).pk != device.pk and device.revoked_at is None:
        alarms.append(f"{waiting} saisies attendaient ici quand un autre carnet a été ouvert : peut-être perdues.")
    elif waiting and silence > LATE:
        alarms.append(f"{waiting} saisies attendent sur ce téléphone, sans contact depuis.")
    elif silence > SILENT and device.revoked_at is None and not _is_forgotten(device):
        alarms.append("Aucun contact depuis plus de trois jours.")
    if device.health.get("persisted") is False and waiting:
        alarms.append("Le navigateur peut effacer ce que le téléphone garde : envoyez-le sans attendre.")
    if int(device.health.get("issued", 0)) > device.highest_seq + waiting:
        alarms.append("Le téléphone a numéroté plus de saisies qu’il n’en garde et que le serveur n’en a reçu.")
    return alarms


@dataclass(frozen=True)
class Counts:
    """What asks for a decision, for one person."""

    to_correct: int
    conflicts: int
    aside: int


def own_counts(actor: Actor) -> Counts:
    """What the member sent that asks something of them: two queries."""
    own = Receipt.objects.visible_to(actor).filter(member_id=actor.member_id, replaced_by=None, taken_by=None)
    by_status = dict(own.values_list("status").annotate(Count("pk")).order_by())
    conflicts = Conflict.objects.visible_to(actor).filter(
        receipt__member_id=actor.member_id, state=ConflictState.OUVERT
    )
    return Counts(
        by_status.get(OperationStatus.REFUSEE, 0), conflicts.count(), by_status.get(OperationStatus.MISE_DE_COTE, 0)
    )
