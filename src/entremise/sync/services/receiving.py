"""Batches: each operation is received once, in a transaction of its own, and answered for ever the same."""

from __future__ import annotations

import hashlib
import uuid
from collections.abc import Iterable
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Q

from entremise.core.actor import Actor, system_actor
from entremise.core.permissions import require
from entremise.core.time import now
from entremise.journal.services import publish
from entremise.sync import envelope
from entremise.sync.commands import SendBatch
from entremise.sync.enums import SETTLED, OperationStatus, ParkReason
from entremise.sync.envelope import Envelope, Unreadable
from entremise.sync.events import OperationParked
from entremise.sync.models import Device, Receipt, Stray
from entremise.sync.queries.epoch import current_epoch
from entremise.sync.services import answers
from entremise.sync.services.devices import follow
from entremise.sync.services.locks import Busy, Undone, hold, in_transaction, without_savepoints
from entremise.sync.services.memory import Memory
from entremise.sync.services.settling import settle

MOST_OPERATIONS = 50
HEAVIEST = 256 * 1024  # bytes of a batch
_ROUNDS = 200  # operations released in one go, at most


def receive_batch(*, actor: Actor, command: SendBatch) -> dict[str, Any]:
    """Take in a batch and give its answer, as docs/adr/0009 fixes it.

    Each operation has its own transaction: what is applied stays applied whatever happens to the next. One that the
    database could not take has no result at all, and the phone sends it again. Raises NotAllowed for someone who is
    a member of no organisation.
    """
    require(actor, "sync.carry")
    memory = Memory(actor)
    arrived = [(raw, _parsed(raw)) for raw in command.ops]
    memory.recall(sealed for _, sealed in arrived if sealed is not None)
    results = [result for raw, sealed in arrived if (result := _take(memory, raw, sealed)) is not None]
    touched = [uuid.UUID(result["id"]) for result in results if result["status"] in SETTLED]
    for device_id in (*command.known, *([command.device] if command.device else [])):
        memory.device(device_id)
    devices = {}
    for device in memory.devices():
        told, closed = follow(actor, device, command.known.get(device.pk, 0), command.epoch)
        devices[str(device.pk)] = told
        touched += closed
    release(memory, [*touched, *_unblocked(memory.organisation_id)])
    devices |= {str(device_id): {"unknown": True} for device_id in memory.unknown}
    return {
        "marker": answers.MARKER,
        "batch": command.batch,
        "epoch": current_epoch(),
        "now": answers.instant(now()),
        "devices": devices,
        "results": _as_they_stand(memory.organisation_id, results),
        "updates": _news(memory, command),
    }


def _news(memory: Memory, command: SendBatch) -> list[dict[str, Any]]:
    """What became of operations once answered ``held`` or ``parked``: told again until the phone has seen it."""
    if command.device is None:
        return []
    own = Receipt.objects.filter(organisation_id=memory.organisation_id, device_id=command.device)
    if command.seen:
        own.filter(operation_id__in=command.seen).update(news_since=None)
    return [answers.read(row) for row in own.filter(news_since__isnull=False).order_by("seq")[:MOST_OPERATIONS]]


def _parsed(raw: Any) -> Envelope | None:
    try:
        return envelope.parse(raw)
    except Unreadable:
        return None


def _take(memory: Memory, raw: Any, sealed: Envelope | None) -> dict[str, Any] | None:
    if sealed is None:
        return _stray(memory, raw, None, ParkReason.ILLISIBLE)
    device = memory.device(sealed.device) if sealed.organisation == memory.organisation_id else None
    if device is None:
        memory.unknown.add(sealed.device)  # no result: the phone keeps it for another session, or enrols again
        return None
    if sealed.actor != device.member_id or not envelope.is_signed_by(sealed, envelope.decode(device.signing_public)):
        return _stray(memory, raw, None, ParkReason.SIGNATURE)
    try:
        try:
            result = in_transaction(lambda: _receive(memory, device, sealed, plainly=True))
        except Undone:  # what it met, a refusal most often, is written by beginning again with savepoints
            result = in_transaction(lambda: _receive(memory, device, sealed, plainly=False))
    except Busy:
        return None
    if result["status"] in SETTLED:
        memory.done.add(sealed.id)
    return result


def _receive(memory: Memory, device: Device, sealed: Envelope, *, plainly: bool) -> dict[str, Any]:
    hold(device.pk, sealed.entity_id, briefly=True)
    receipt = Receipt(
        organisation_id=memory.organisation_id,
        operation_id=sealed.id,
        device=device,
        member_id=device.member_id,
        seq=sealed.seq,
        entity_id=sealed.entity_id,
        sha256=sealed.sha256,
        envelope=sealed.text,
    )
    known = memory.received(sealed) or _insert(receipt, sealed, plainly=plainly)
    if known is not None:
        return _again(memory, device, sealed, known)
    settle(receipt, sealed, device, memory, plainly=plainly)
    return answers.read(receipt)


def _insert(receipt: Receipt, sealed: Envelope, *, plainly: bool) -> Receipt | None:
    """Write the receipt before anything else; the one that is already there, when there is."""
    if plainly:
        with without_savepoints():
            receipt.save(force_insert=True)
        return None
    known = Receipt.objects.filter(Q(operation_id=sealed.id) | Q(device=receipt.device, seq=sealed.seq)).first()
    if known is None:
        try:
            with transaction.atomic():
                receipt.save(force_insert=True)
        except IntegrityError:  # the same number under another device's lock
            known = Receipt.objects.filter(operation_id=sealed.id).first()
    return known


def _again(memory: Memory, device: Device, sealed: Envelope, known: Receipt) -> dict[str, Any]:
    same = (known.operation_id, known.device_id, known.sha256) == (sealed.id, device.pk, sealed.sha256)
    if same:
        return answers.read(known)
    return _stray(memory, envelope.loads(sealed.text), device, ParkReason.AUTRE_CONTENU)


def _stray(memory: Memory, raw: Any, device: Device | None, reason: ParkReason) -> dict[str, Any]:
    """Keep what can have no receipt, once, and tell the coordinators."""
    text = envelope.canonical(raw) if not isinstance(raw, str) else raw
    text = text.encode("utf-8", "replace").decode()
    told = raw.get("id") if isinstance(raw, dict) else None
    identifier = _identifier(told)
    with transaction.atomic():
        stray, is_new = Stray.objects.get_or_create(
            organisation_id=memory.organisation_id,
            digest=hashlib.sha256(f"{reason}|{text}".encode()).hexdigest(),
            defaults={
                "device": device,
                "operation_id": identifier,
                "carried_by_id": memory.carrier_id,
                "reason": reason,
                "text": text,
            },
        )
        if is_new:
            codes = {"reason": str(reason)}
            publish(OperationParked(actor=memory.carrier, target_id=identifier or stray.pk, codes=codes))
    return answers.aside(told, reason)


def _identifier(told: object) -> uuid.UUID | None:
    try:
        return uuid.UUID(str(told))
    except ValueError:
        return None


def release(memory: Memory, operation_ids: Iterable[uuid.UUID]) -> int:
    """Apply the operations that waited for these ones, and those that waited for them; how many.

    An identifier of a device also releases what its missing number kept waiting.
    """
    done = 0
    pending = list(operation_ids)
    while pending and done < _ROUNDS:
        entities = Receipt.objects.filter(operation_id__in=pending).values_list("entity_id", flat=True)
        waiting = Receipt.objects.filter(organisation_id=memory.organisation_id).filter(
            Q(waits_operation__in=pending)
            | Q(waits_operation__in=Receipt.objects.filter(replaced_by__in=pending).values("operation_id"))
            | Q(waits_entity__in=list(entities))
            | Q(device_id__in=pending, waits_entity__isnull=False, status=OperationStatus.EN_ATTENTE)
        )
        pending = []
        for found in waiting.order_by("device_id", "seq").values_list("pk", flat=True)[:_ROUNDS]:
            done += 1
            if (settled := retry(memory, found)) is not None:
                pending.append(settled)
    return done


def release_unblocked() -> int:
    """Take up what waits for nothing any more, in every organisation; run by the tick. How many were taken up."""
    held = Receipt.objects.filter(status=OperationStatus.EN_ATTENTE)
    held = held.filter(Q(waits_operation__isnull=False) | Q(waits_entity__isnull=False))
    organisations = set(held.values_list("organisation_id", flat=True))
    return sum(release(Memory(system_actor(one)), _unblocked(one)) for one in organisations)


def _unblocked(organisation_id: uuid.UUID) -> list[uuid.UUID]:
    """What held operations still wait for though it is there: operations at their end, devices without a gap.

    Whoever settles an operation releases those that waited for it, in transactions of their own: a worker may die in
    between, and an operation may be put to wait while what it waits for is settled elsewhere.
    """
    held = Receipt.objects.filter(organisation_id=organisation_id, status=OperationStatus.EN_ATTENTE)
    awaited = held.filter(waits_operation__isnull=False).values("waits_operation")
    ended = Receipt.objects.filter(organisation_id=organisation_id, operation_id__in=awaited)
    ended = ended.filter(Q(status__in=SETTLED) | Q(replaced_by__isnull=False))
    whole = held.filter(waits_entity__isnull=False, device__gap_since=None)
    return [*ended.values_list("operation_id", flat=True), *set(whole.values_list("device_id", flat=True))]


def retry(memory: Memory, receipt_id: uuid.UUID) -> uuid.UUID | None:
    """Take up one operation again, in a transaction of its own; its identifier when it is now applied."""

    def work() -> uuid.UUID | None:
        found = Receipt.objects.select_related("device").get(pk=receipt_id)
        hold(found.device_id, found.entity_id, briefly=True)
        receipt = Receipt.objects.select_for_update(of=("self",)).select_related("device").get(pk=receipt_id)
        if receipt.status not in (OperationStatus.EN_ATTENTE, OperationStatus.MISE_DE_COTE) or not receipt.envelope:
            return None
        settle(receipt, envelope.parse(envelope.loads(receipt.envelope)), receipt.device, memory)
        return receipt.operation_id if receipt.status in SETTLED else None

    try:
        return in_transaction(work)
    except Busy:
        return None


def _as_they_stand(organisation_id: uuid.UUID, results: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The results, those that were held and released since in their new state."""
    held = [result["id"] for result in results if result["status"] == OperationStatus.EN_ATTENTE]
    if not held:
        return results
    rows = Receipt.objects.filter(organisation_id=organisation_id, operation_id__in=held)
    now_told = {str(row.operation_id): answers.read(row) for row in rows}
    return [now_told.get(result["id"], result) if result["id"] in held else result for result in results]
