"""Acts that come from a phone without network: the same services as the web form, field by field when corrected."""

import datetime as dt
import json
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import asdict, fields
from typing import Any

from django.urls import reverse

from entremise.core.actor import Actor
from entremise.core.db import get_one
from entremise.core.errors import NotAllowed, NotFound
from entremise.core.permissions import require
from entremise.interventions.commands import ActContent, CorrectIntervention, Heads, RecordIntervention, changed
from entremise.interventions.models import Intervention, Thread
from entremise.interventions.queries.alike import standing_act
from entremise.interventions.queries.content import CODES, MARGINS, content_of
from entremise.interventions.queries.history import TITLES, signed_by, words_of
from entremise.interventions.services import correct_intervention, record_intervention
from entremise.interventions.services.checks import kept_codes
from entremise.interventions.services.correct import locked_act
from entremise.interventions.services.texts import clean
from entremise.presence import queries as presence
from entremise.sync import registry
from entremise.sync.enums import ParkReason
from entremise.sync.merging import Clashes, merge
from entremise.sync.payload import Reader
from entremise.sync.registry import Kind, Missing, Operation, Outcome, Refused

WHOLE = ("duration_minutes", "people_count", "tension_before", "tension_after")
IDENTIFIERS = ("site_id", "second_author_id", "team_id", "round_id", "thread_id", "duplicated_from_id")
TEXTS = frozenset({"narrative", "party_a", "party_b"})
AROUND = ("team_id", "round_id", "thread_id", "duplicated_from_id")
CONTENT = tuple(field.name for field in fields(ActContent))
# Lists of codes meet by what each side added and took out; the first register is the main one, so that order counts.
# What protects people is never put together by a machine.
RULES = {
    **dict.fromkeys(CONTENT, registry.THREE_WAY),
    **{name: registry.SET for name in CODES if name not in ("registers", "dangers")},
    "dangers": registry.NEVER,
    "visibility": registry.NEVER,
}


def declare() -> None:
    """Called once, when the applications are ready."""
    registry.link_persons(acts_of_persons)
    registry.register(
        Kind(
            schema="act.record/1",
            label="Intervention",
            entity="act",
            apply=record,
            permission="interventions.record",
            fields=TITLES,
            texts=TEXTS,
            words=words_of,
            url=url,
            resolve=resolve,
            current=current,
            signed=signed,
        )
    )
    registry.register(
        Kind(
            schema="act.correct/1",
            label="Correction d’une intervention",
            entity="act",
            apply=correct,
            permission="interventions.correct",
            merge=RULES,
            fields=TITLES,
            texts=TEXTS,
            words=words_of,
            url=url,
            resolve=resolve,
            current=current,
            signed=signed,
        )
    )


def acts_of_persons(person_ids: Sequence[uuid.UUID]) -> set[uuid.UUID]:
    """The acts of the threads that follow these persons, and the threads themselves."""
    threads = set(Thread.objects.filter(person_id__in=person_ids).values_list("pk", flat=True))
    return threads | set(Intervention.objects.filter(thread_id__in=threads).values_list("pk", flat=True))


def url(act_id: uuid.UUID) -> str:
    """The page of an act."""
    return reverse("interventions:detail", args=[act_id])


def record(actor: Actor, operation: Operation) -> Outcome:
    """Note an act; sent again under another operation it is a duplicate, replaced by its author it is corrected."""
    command = _command(actor, operation)
    if operation.replaces is not None:
        known = Intervention.objects.filter(pk=standing_act(actor.organisation_id, command.id)).first()
        if known is not None:
            return _rewrite(actor, known, command)
    act = record_intervention(actor=actor, command=command)
    return Outcome(
        version=act.version, entity_id=act.pk, team_id=act.team_id, already=act.was_noted, facts=_dropped(act)
    )


def _command(actor: Actor, operation: Operation) -> RecordIntervention:
    reader = Reader(operation)
    values = {name: _read(reader, name) for name in (*CONTENT, *AROUND)}
    values["team_id"] = values["team_id"] or reader.team(actor)
    values["occurred_at"] = values["occurred_at"] or operation.moment()
    if values["site_id"] is None:
        reader.wrong("site_id")
    values["visibility"] = values["visibility"] or "equipe"
    reader.done()
    if values["team_id"] not in actor.team_ids:
        raise NotAllowed("interventions.record")
    if values["round_id"] is not None:
        values["round_id"] = _round(actor, values["round_id"])
    return RecordIntervention(id=operation.entity_id, **values)


def _round(actor: Actor, round_id: uuid.UUID) -> uuid.UUID:
    try:
        return presence.standing_round(actor, round_id).pk
    except NotFound:
        raise Missing(round_id)


def _read(reader: Reader, name: str) -> Any:
    if name == "occurred_at":
        return reader.moment(name)
    if name in WHOLE:
        return reader.whole(name)
    if name in IDENTIFIERS:
        return reader.identifier(name)
    if name in CODES:
        return reader.texts(name)
    return _heads(reader, name) if name in MARGINS else reader.text(name)


def _heads(reader: Reader, name: str) -> tuple[Heads, ...]:
    try:
        return tuple(_head(one) for one in reader.raw(name) or [])
    except (KeyError, TypeError, ValueError, AttributeError):
        reader.wrong(name)
        return ()


def _head(one: Mapping[str, Any]) -> Heads:
    if not isinstance(one["count"], int) or isinstance(one["count"], bool):
        raise TypeError("count")
    return Heads(code=str(one["code"]), count=one["count"], estimated=bool(one.get("estimated", False)))


def _dropped(act: Intervention) -> dict[str, Any]:
    return {"dropped": [list(pair) for pair in act.dropped]} if act.dropped else {}


def _rewrite(actor: Actor, known: Intervention, command: RecordIntervention) -> Outcome:
    """The author noted the act again from the phone: a correction, unless somebody wrote in between."""
    act = _correctable(actor, known.pk)
    before, wanted = plain(content_of(act)), plain(command)
    changes = {name: (before[name], wanted[name]) for name in CONTENT if before[name] != wanted[name]}
    if act.version > 1:
        clashes: Clashes = {name: (None, *pair) for name, pair in changes.items()}
        return Outcome(version=act.version, entity_id=act.pk, team_id=act.team_id, clashes=clashes, already=not clashes)
    values = {name: pair[1] for name, pair in changes.items()}
    version = _write(actor, act, values)
    return Outcome(version=version, entity_id=act.pk, team_id=act.team_id, already=not values)


def correct(actor: Actor, operation: Operation) -> Outcome:
    """Put a correction on the act as it is now: three ways field by field, both versions kept where they clash."""
    act = _correctable(actor, operation.entity_id)
    if set(operation.payload) - set(CONTENT):
        raise Refused(ParkReason.SCHEMA_INCONNU)
    changes = _as_kept(actor, operation)
    is_fresh = operation.base_version == act.version and act.pk == operation.entity_id
    values, clashes = merge(RULES, plain(content_of(act)), changes, is_fresh=is_fresh)
    version = _write(actor, act, values)
    already = not values and not clashes
    return Outcome(version=version, entity_id=act.pk, team_id=act.team_id, clashes=clashes, already=already)


def _as_kept(actor: Actor, operation: Operation) -> dict[str, tuple[Any, Any]]:
    """Before and after of each field as the server would have written them: one instant has one text, a sensitive sign
    that is not kept is not a difference.
    """
    pairs: dict[str, tuple[Any, Any]] = {name: (before, after) for name, (before, after) in operation.payload.items()}
    for name, (before, after) in pairs.items():
        pairs[name] = _kept(actor, operation, name, before), _kept(actor, operation, name, after)
    return pairs


def _kept(actor: Actor, operation: Operation, name: str, value: Any) -> Any:
    if name == "occurred_at":
        return _text(operation.moment(dt.datetime.fromisoformat(value)))
    if name in TEXTS and isinstance(value, str):
        return clean(value)
    return kept_codes(actor.organisation_id, name, value) if name in ("dangers", "publics") and value else value


def _correctable(actor: Actor, told: uuid.UUID) -> Intervention:
    act_id = standing_act(actor.organisation_id, told)  # two notes of one situation may have become one since
    if not Intervention.objects.filter(pk=act_id, organisation_id=actor.organisation_id).exists():
        raise Missing(told)
    try:
        act = locked_act(actor, act_id)
    except NotFound:  # it exists: the author may no longer read it
        raise NotAllowed("interventions.correct")
    if act.locked_at is not None:
        raise Refused(ParkReason.VERROUILLEE)
    require(actor, "interventions.correct", act)
    return act


def _write(actor: Actor, act: Intervention, values: Mapping[str, Any]) -> int:
    if not values:
        return act.version
    content = changed(content_of(act), typed(values))
    whole = {name: getattr(content, name) for name in CONTENT}
    command = CorrectIntervention(**whole, id=act.pk, base_version=act.version)
    return correct_intervention(actor=actor, command=command).version


def typed(values: Mapping[str, Any]) -> dict[str, Any]:
    """Plain JSON data as the command takes it; raises InvalidInput when a value has not the right shape."""
    present = dt.datetime.now(dt.UTC)
    reader = Reader(
        Operation(
            id=uuid.UUID(int=0),
            name="",
            version=1,
            entity_type="act",
            entity_id=uuid.UUID(int=0),
            payload={name: value for name, value in values.items() if name != "occurred_at"},
            captured_at=present,
            received_at=present,
        )
    )
    found = {name: _read(reader, name) for name in values if name != "occurred_at"}
    reader.done()
    if "occurred_at" in values:
        found["occurred_at"] = dt.datetime.fromisoformat(values["occurred_at"])
    return found


def plain(content: ActContent) -> dict[str, Any]:
    """The content of an act as JSON data."""
    values = json.loads(json.dumps(asdict(content), default=_text))
    return {name: values[name] for name in CONTENT}


def _text(value: object) -> str:
    return value.astimezone(dt.UTC).isoformat() if isinstance(value, dt.datetime) else str(value)


def current(actor: Actor, act_id: uuid.UUID, names: Any) -> dict[str, Any]:
    """The present values of some fields."""
    values = plain(content_of(_readable(actor, act_id)))
    return {name: values[name] for name in names if name in values}


def signed(actor: Actor, act_id: uuid.UUID, names: Sequence[str]) -> Mapping[str, tuple[str, dt.datetime]]:
    """Who wrote these values, and when."""
    return signed_by(_readable(actor, act_id), names)


def _readable(actor: Actor, act_id: uuid.UUID) -> Intervention:
    standing = standing_act(actor.organisation_id, act_id)
    return get_one(Intervention.objects.visible_to(actor).filter(pk=standing))


def resolve(actor: Actor, act_id: uuid.UUID, values: Mapping[str, Any]) -> int:
    """Write the chosen values of a conflict, through the same service and with its history."""
    return _write(actor, _correctable(actor, act_id), values)
