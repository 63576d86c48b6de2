"""Reads of operations: one's own, those to decide about, two versions side by side."""

import datetime as dt
import hashlib
import uuid
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from django.db.models import Q, QuerySet

from entremise.accounts.queries import list_members
from entremise.core.actor import Actor
from entremise.core.db import get_one
from entremise.core.errors import NotFound
from entremise.core.permissions import can
from entremise.sync import envelope, registry
from entremise.sync.enums import ConflictState, OperationStatus
from entremise.sync.models import Conflict, Receipt, Stray
from entremise.sync.office import offset_of, shifted
from entremise.sync.queries.opening import clear_content
from entremise.sync.registry import Kind

OPEN = (OperationStatus.REFUSEE, OperationStatus.EN_ATTENTE, OperationStatus.MISE_DE_COTE)


def own_operations(actor: Actor) -> QuerySet[Receipt]:
    """What the member sent that asks for something: to correct, waiting, set aside."""
    own = Receipt.objects.visible_to(actor).filter(member_id=actor.member_id, status__in=OPEN, replaced_by=None)
    return own.order_by("-received_at", "pk")


def supervised_members(actor: Actor) -> list[uuid.UUID]:
    """The people of the coordinator's teams, gone ones too: their phones may still come back."""
    people = list_members(actor, team_ids=actor.team_ids, with_former=True)
    return list(people.values_list("pk", flat=True))


def supervised_operations(actor: Actor) -> QuerySet[Receipt]:
    """Operations of the coordinator's people that wait or were set aside, and that nobody has dealt with."""
    rows = Receipt.objects.visible_to(actor).filter(member_id__in=supervised_members(actor), taken_by=None)
    waiting = Q(status=OperationStatus.EN_ATTENTE) | Q(status=OperationStatus.MISE_DE_COTE)
    return rows.filter(waiting, replaced_by=None).order_by("-received_at", "pk")


def strays(actor: Actor) -> QuerySet[Stray]:
    """What arrived without being an operation; the organisation's coordinators share it, its words are never shown."""
    return Stray.objects.visible_to(actor).filter(taken_by=None).order_by("-received_at", "pk")


def get_own_operation(actor: Actor, operation_id: uuid.UUID) -> Receipt:
    """One of one's own operations; NotFound otherwise."""
    own = Receipt.objects.visible_to(actor).filter(member_id=actor.member_id, operation_id=operation_id)
    return get_one(own.select_related("device"))


def get_supervised_operation(actor: Actor, operation_id: uuid.UUID) -> Receipt:
    """An operation of one of the coordinator's people; NotFound otherwise."""
    found = supervised_operations(actor).filter(operation_id=operation_id).first() if _supervises(actor) else None
    if found is None:
        raise NotFound("operation")
    return found


def get_stray(actor: Actor, stray_id: uuid.UUID) -> Stray | None:
    """What arrived without being an operation, for a coordinator; None when it is not one."""
    return strays(actor).filter(pk=stray_id).first() if _supervises(actor) else None


def _supervises(actor: Actor) -> bool:
    return can(actor, "sync.supervise")


def payload_of(receipt: Receipt) -> dict[str, Any]:
    """The words of an operation, for its author, hours by the server's clock.

    Empty once erased, or when it does not open.
    """
    clear = clear_content(receipt)
    payload = clear.get("payload")
    if not isinstance(payload, dict):
        return {}
    late = offset_of(clear.get("clock_offset_ms"))
    return {name: shifted(value, late) for name, value in payload.items()} if late else payload


def list_conflicts(actor: Actor) -> QuerySet[Conflict]:
    """Conflicts still to be settled: the author's own, and for a coordinator those of their teams."""
    rows = Conflict.objects.visible_to(actor).filter(state=ConflictState.OUVERT).select_related("receipt")
    mine = Q(receipt__member_id=actor.member_id)
    if _supervises(actor):
        mine |= Q(team_id__in=actor.team_ids)
    return rows.filter(mine).order_by("-found_at", "pk")


def get_conflict(actor: Actor, conflict_id: uuid.UUID) -> Conflict:
    """A conflict the actor may look at; NotFound otherwise, and for a record they may not read."""
    rows = Conflict.objects.visible_to(actor).select_related("receipt", "receipt__device")
    mine = Q(receipt__member_id=actor.member_id)
    if _supervises(actor):
        mine |= Q(team_id__in=actor.team_ids)
    return get_one(rows.filter(mine, pk=conflict_id))


@dataclass(frozen=True)
class Line:
    """One field in both versions, as data and as words; ``before`` is what the phone had read, ``signed`` who wrote the
    server's version and when.
    """

    name: str
    label: str
    before: str
    server: Any
    phone: Any
    server_words: str
    phone_words: str
    is_text: bool
    signed: tuple[str, dt.datetime] | None = None


@dataclass(frozen=True)
class Comparison:
    """Two versions of a record, and a digest of what is shown."""

    kind: Kind
    lines: list[Line]
    digest: str


def comparison_of(actor: Actor, conflict: Conflict) -> Comparison:
    """Both versions side by side; the server's is the one of now. NotFound when the actor may not read the record."""
    kind = registry.kind_of(conflict.receipt.schema.partition("/")[0])
    if kind is None or kind.current is None:
        raise NotFound("conflict")
    versions: Mapping[str, Any] = envelope.loads(conflict.fields) if conflict.fields else {}
    present = kind.current(actor, conflict.entity_id, list(versions))
    signed = kind.signed(actor, conflict.entity_id, list(versions)) if kind.signed else {}
    lines = [
        replace(_line(actor, kind, name, triple, present.get(name)), signed=signed.get(name))
        for name, triple in versions.items()
    ]
    shown = envelope.canonical([[line.name, line.server, line.phone] for line in lines])
    return Comparison(kind, lines, hashlib.sha256(shown.encode()).hexdigest())


def _line(actor: Actor, kind: Kind, name: str, triple: Any, present: Any) -> Line:
    before, _, phone = triple
    said = kind.words

    def words(value: Any) -> str:
        return said(actor, name, value) if said else _plain(value)

    is_text = isinstance(phone, str) and name in kind.texts
    label = kind.fields.get(name, name)
    return Line(name, label, words(before), present, phone, words(present), words(phone), is_text)


def _plain(value: Any) -> str:
    if value in (None, "", []):
        return "(vide)"
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value)
