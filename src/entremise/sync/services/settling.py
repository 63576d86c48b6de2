"""What becomes of one received operation, inside its transaction and under its lock."""

from __future__ import annotations

import datetime as dt
import json
import uuid
from collections.abc import Mapping
from typing import Any

import structlog
from django.db import OperationalError, transaction
from django.db.models import Q

from entremise import __version__
from entremise.core.actor import Actor
from entremise.core.errors import Conflict as Clash
from entremise.core.errors import InvalidInput, NotAllowed, NotFound
from entremise.core.time import now
from entremise.journal.services import publish
from entremise.sync import content
from entremise.sync.enums import SETTLED, OperationStatus, ParkReason
from entremise.sync.envelope import Envelope, Unreadable, open_content
from entremise.sync.events import ConflictFound, OperationParked
from entremise.sync.models import Conflict, Device, MediaSlot, Receipt
from entremise.sync.office import shifted
from entremise.sync.registry import STEADY, Kind, Missing, Operation, Outcome, Refused
from entremise.sync.services import answers, media
from entremise.sync.services.locks import without_savepoints
from entremise.sync.services.memory import Memory

LOOKED_AT = ("operation_id", "status", "replaces", "replaced_by", "entity_id", "applied_to")
# What settling decides; the envelope, and all that was known on arrival, are not written again.
DECIDED = (
    "schema",
    "tried_with",
    "entity_type",
    "applied_to",
    "status",
    "reason",
    "clock",
    "captured_at",
    "settled_at",
    "replaces",
    "replaced_by",
    "waits_operation",
    "waits_entity",
    "news_since",
    "answer",
)
log = structlog.get_logger("entremise.sync")


def settle(
    receipt: Receipt,
    sealed: Envelope,
    device: Device,
    memory: Memory,
    *,
    accepted: bool = False,
    changes: Mapping[str, Any] | None = None,
    plainly: bool = False,
) -> None:
    """Open, read, apply and answer; saves the receipt, and puts the files that came before with the record.

    ``accepted`` when someone took it out of quarantine; ``changes`` are the fields its author corrected at the office.
    ``plainly`` for an operation expected to go well: it raises Undone otherwise (see ``locks.without_savepoints``).
    """
    before = (receipt.status, receipt.reason)
    receipt.waits_operation = receipt.waits_entity = None
    announced = False
    try:
        clear = open_content(sealed, memory.private_key(sealed.key_id))
        receipt.schema, receipt.tried_with = str(clear.get("schema", ""))[:60], __version__
        kind, operation = content.read(sealed, clear)
        operation.payload = {**operation.payload, **_by_the_phones_clock(operation, changes or {})}
        _describe(receipt, operation)
        announced = bool(operation.media)
        actor = memory.author(receipt.member_id)
        if device.revoked_at is not None and not accepted:
            raise Refused(ParkReason.REVOQUE)
        if actor is None:
            raise Refused(ParkReason.SANS_DROIT)
        _apply(receipt, kind, operation, actor, memory, plainly=plainly)
    except Unreadable:
        _park(receipt, ParkReason.ILLISIBLE)
    except Refused as refused:
        _park(receipt, refused.reason)
    _finish(receipt, before, memory)
    if announced and receipt.status in SETTLED:
        media.attach_what_came(memory, receipt)


def _by_the_phones_clock(operation: Operation, changes: Mapping[str, Any]) -> dict[str, Any]:
    """Hours given at the office are right: they must stay so once the operation's own are put right."""
    late = operation.offset if abs(operation.offset) >= STEADY else dt.timedelta()
    return {name: shifted(value, -late) for name, value in changes.items()}


def _describe(receipt: Receipt, operation: Operation) -> None:
    receipt.entity_type = operation.entity_type
    receipt.captured_at = operation.moment()
    receipt.replaces = operation.replaces


def _apply(receipt: Receipt, kind: Kind, operation: Operation, actor: Actor, memory: Memory, *, plainly: bool) -> None:
    _expect_media(receipt, operation)
    _look_around(receipt, operation)
    if receipt.replaced_by is not None or (kind.latest and _overtaken(receipt, kind)):
        receipt.status = OperationStatus.DOUBLON
        answers.write(receipt, first=str(receipt.replaced_by) if receipt.replaced_by else None)
        return
    if operation.after is not None and operation.after not in memory.done and not _is_done(receipt, operation.after):
        receipt.status, receipt.waits_operation = OperationStatus.EN_ATTENTE, operation.after
        answers.write(receipt, waits=str(operation.after))
        return
    if plainly:
        with without_savepoints():
            outcome = kind.apply(actor, operation)
        _keep(receipt, operation, outcome)
    else:
        _apply_carefully(receipt, kind, operation, actor)


def _apply_carefully(receipt: Receipt, kind: Kind, operation: Operation, actor: Actor) -> None:
    try:
        with transaction.atomic():
            outcome = kind.apply(actor, operation)
    except InvalidInput as invalid:
        receipt.status = OperationStatus.REFUSEE
        answers.write(receipt, errors=invalid.errors)
    except NotAllowed:
        _park(receipt, ParkReason.SANS_DROIT)
    except (Missing, NotFound) as missing:
        _miss(receipt, getattr(missing, "entity_id", operation.entity_id))
    except Clash:
        _park(receipt, ParkReason.AUTRE_CONTENU)
    except (OperationalError, Refused):
        raise
    except Exception as fault:  # a fault of ours must not lose what was sent, nor stop what follows
        log.error("operation", operation=str(receipt.operation_id), schema=receipt.schema, fault=type(fault).__name__)
        _park(receipt, ParkReason.PANNE)
    else:
        _keep(receipt, operation, outcome)
    receipt.clock = operation.clock


def _keep(receipt: Receipt, operation: Operation, outcome: Outcome) -> None:
    receipt.clock = operation.clock
    receipt.applied_to = outcome.entity_id if outcome.entity_id != receipt.entity_id else None
    facts: dict[str, Any] = {"version": outcome.version, **outcome.facts}
    if outcome.clashes:
        receipt.status = OperationStatus.CONFLIT
        conflict = Conflict.objects.create(
            organisation_id=receipt.organisation_id,
            receipt=receipt,
            entity_type=receipt.entity_type,
            entity_id=outcome.entity_id or receipt.entity_id,
            team_id=outcome.team_id,
            base_version=operation.base_version,
            found_version=outcome.version,
            fields=json.dumps(outcome.clashes, ensure_ascii=False),
        )
        facts |= {"conflict": str(conflict.pk), "fields": sorted(outcome.clashes)}
    else:
        receipt.status = OperationStatus.DOUBLON if outcome.already else OperationStatus.APPLIQUEE
    answers.write(receipt, **facts)
    if operation.replaces is not None:
        _supersede(receipt, operation.replaces)


def _look_around(receipt: Receipt, operation: Operation) -> None:
    """What other operations say of this one, read under its lock in one question.

    A correction that came before what it corrects: the late one is kept, not applied over it. The record that the
    server chose in place of the one the phone made: the operation is about that one.
    """
    own = Receipt.objects.filter(organisation_id=receipt.organisation_id)
    later = Q(replaces=receipt.operation_id, member_id=receipt.member_id)
    found = own.filter(later | Q(entity_id=receipt.entity_id, applied_to__isnull=False))
    receipt.replaced_by = None
    for other in found.order_by("seq").only(*LOOKED_AT):
        if other.replaces == receipt.operation_id and (other.status in SETTLED or other.replaced_by is not None):
            receipt.replaced_by = other.operation_id
        if other.entity_id == receipt.entity_id:
            operation.kept_as = other.applied_to or operation.kept_as


def _overtaken(receipt: Receipt, kind: Kind) -> bool:
    """A later answer of the same phone about the same record came first."""
    later = Receipt.objects.filter(
        device_id=receipt.device_id, entity_id=receipt.entity_id, seq__gt=receipt.seq, status__in=SETTLED
    )
    return later.filter(schema__startswith=f"{kind.name}/").exists()


def _supersede(receipt: Receipt, replaced: uuid.UUID | None) -> None:
    """What was refused asks nothing more; nor does what it had itself replaced."""
    own = Receipt.objects.filter(organisation_id=receipt.organisation_id, member_id=receipt.member_id)
    seen: set[uuid.UUID] = set()
    while replaced is not None and replaced not in seen:
        seen.add(replaced)
        former = own.filter(operation_id=replaced)
        former.exclude(status__in=SETTLED).update(replaced_by=receipt.operation_id, settled_at=now())
        replaced = former.values_list("replaces", flat=True).first()


def _is_done(receipt: Receipt, needed: uuid.UUID) -> bool:
    found = Receipt.objects.filter(organisation_id=receipt.organisation_id, operation_id=needed).first()
    return found is not None and (found.status in SETTLED or found.replaced_by is not None)


def _miss(receipt: Receipt, entity_id: uuid.UUID) -> None:
    """The record may be in a number that has not arrived: wait for it. Otherwise it does not exist."""
    if has_gap_below(receipt):
        receipt.status, receipt.waits_entity = OperationStatus.EN_ATTENTE, entity_id
        answers.write(receipt, waits=str(entity_id))
    else:
        _park(receipt, ParkReason.DISPARUE)
        receipt.waits_entity = entity_id


def has_gap_below(receipt: Receipt) -> bool:
    """True when a number below this operation's was never received from its device."""
    known = Receipt.objects.filter(device_id=receipt.device_id, seq__lt=receipt.seq).count()
    return known < receipt.seq - 1


def _park(receipt: Receipt, reason: ParkReason) -> None:
    receipt.status, receipt.reason = OperationStatus.MISE_DE_COTE, reason
    answers.write(receipt)


def _expect_media(receipt: Receipt, operation: Operation) -> None:
    known = set(receipt.slots.values_list("slot", flat=True)) if operation.media else set()
    for file in operation.media:
        if file.slot not in known:
            MediaSlot.objects.create(
                organisation_id=receipt.organisation_id,
                receipt=receipt,
                slot=file.slot,
                sha256=file.sha256,
                size=file.size,
                mime=file.mime,
                secret=file.secret,
                nonce=file.nonce,
            )


def _finish(receipt: Receipt, before: tuple[str, str], memory: Memory) -> None:
    if receipt.status != OperationStatus.MISE_DE_COTE:
        receipt.reason = ""
    if receipt.status in SETTLED:
        receipt.settled_at = now()
    changed = (receipt.status, receipt.reason) != before
    if before[0] != OperationStatus.RECU and changed:
        receipt.news_since = now()
    receipt.save(update_fields=DECIDED)
    if receipt.status == OperationStatus.MISE_DE_COTE and changed:
        codes = {"reason": str(receipt.reason), "schema": receipt.schema}
        publish(OperationParked(actor=memory.carrier, target_id=receipt.operation_id, codes=codes))
    elif receipt.status == OperationStatus.CONFLIT:
        codes = {"schema": receipt.schema, "operation": str(receipt.operation_id)}
        publish(ConflictFound(actor=memory.carrier, target_id=receipt.conflict.pk, codes=codes))
