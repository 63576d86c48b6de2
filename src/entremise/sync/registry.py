"""The kinds of operations that modules declare, in their ``apps.ready``: what the server can apply.

``register(Kind(...))`` in ``<module>/sync.py``; nothing here knows the trade.
"""

import datetime as dt
import uuid
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from entremise.core.actor import Actor
from entremise.core.errors import EntremiseError
from entremise.core.time import now
from entremise.sync.enums import Clock, ParkReason

UNION, SET, DELTA, THREE_WAY, NEVER = "union", "set", "delta", "three_way", "never"
STEADY = dt.timedelta(minutes=1)  # a clock closer than that to the server's is left alone
AHEAD = dt.timedelta(minutes=5)
OLDEST = dt.timedelta(days=365)


@dataclass(frozen=True, kw_only=True)
class Media:
    """A file an operation announces; ``secret`` and ``nonce`` (base64url) open it."""

    slot: str
    sha256: str
    size: int
    mime: str
    secret: str
    nonce: str


@dataclass(kw_only=True)
class Operation:
    """An operation in clear, brought to the current schema of its kind. ``clock`` is filled by ``moment``.

    ``kept_as`` is the record that the server chose in place of the one the phone made; ``target`` the one it is about.
    """

    id: uuid.UUID
    name: str
    version: int
    entity_type: str
    entity_id: uuid.UUID
    payload: dict[str, Any]
    captured_at: dt.datetime
    after: uuid.UUID | None = None
    replaces: uuid.UUID | None = None
    base_version: int | None = None
    offset: dt.timedelta = dt.timedelta()
    media: tuple[Media, ...] = ()
    received_at: dt.datetime = field(default_factory=now)
    clock: str = Clock.JUSTE
    kept_as: uuid.UUID | None = None

    @property
    def target(self) -> uuid.UUID:
        """The record as the server knows it: usually the one the phone made."""
        return self.kept_as or self.entity_id

    def moment(self, value: dt.datetime | None = None) -> dt.datetime:
        """An hour the phone gave (by default that of the gesture), by the server's clock.

        Corrected by the measured offset when it is a minute or more; an hour still to come is now, and one of more
        than a year ago is that of the reception: both are marked.
        """
        told = value or self.captured_at
        if abs(self.offset) >= STEADY:
            try:
                told += self.offset
                self.clock = self.clock or Clock.CORRIGEE
            except OverflowError:
                told = self.received_at + dt.timedelta(days=1)
        if told > self.received_at + AHEAD or told < self.received_at - OLDEST:
            self.clock = Clock.BORNEE
            return self.received_at
        return min(told, self.received_at)


@dataclass(frozen=True, kw_only=True)
class Outcome:
    """What applying gave: the record's version, and for those it touches ``entity_id`` when the server kept another.

    ``clashes`` maps fields to ``(before, server, phone)``: both versions are kept and someone chooses. ``already``
    says that the record held this content.
    """

    version: int | None = None
    entity_id: uuid.UUID | None = None
    team_id: uuid.UUID | None = None
    clashes: Mapping[str, tuple[Any, Any, Any]] = field(default_factory=dict)
    already: bool = False
    facts: Mapping[str, Any] = field(default_factory=dict)


class Missing(EntremiseError):
    """The operation needs a record the server has not (yet): held while a number is missing, else set aside."""

    def __init__(self, entity_id: uuid.UUID) -> None:
        self.entity_id = entity_id
        super().__init__("a record is missing")


class Refused(EntremiseError):
    """The operation is set aside for this reason."""

    def __init__(self, reason: ParkReason) -> None:
        self.reason = reason
        super().__init__(reason)


Upcaster = Callable[[dict[str, Any]], dict[str, Any]]


@dataclass(frozen=True, kw_only=True)
class Kind:
    """One sort of operation. ``schema`` is its current ``name/version``.

    ``apply(actor, operation)`` calls the same service as the web form, inside the operation's transaction, as the
    member who wrote it. ``latest``: of several by one phone on one record, only the last counts, whatever order they
    come in. ``merge`` says field by field how two versions meet (one of the five words above).
    ``upcasters[n]`` turns the content of version n (the whole clear operation) into version n + 1.
    For the pages, ``fields`` gives the French label of each field, ``texts`` those that are sentences, and
    ``words(actor, field, value)`` writes a value in French. ``resolve(actor, entity_id, values)`` writes the chosen
    values of a conflict, ``current(actor, entity_id, fields)`` reads the present ones, ``signed(actor, entity_id,
    fields)`` says for each who wrote it last and when, ``attach(actor, entity_id,
    slot, clear, mime)`` puts a file with its record.
    """

    schema: str
    label: str
    entity: str
    apply: Callable[[Actor, Operation], Outcome]
    permission: str = ""
    latest: bool = False
    merge: Mapping[str, str] = field(default_factory=dict)
    upcasters: Mapping[int, Upcaster] = field(default_factory=dict)
    fields: Mapping[str, str] = field(default_factory=dict)
    texts: frozenset[str] = frozenset()
    words: Callable[[Actor, str, Any], str] | None = None
    resolve: Callable[[Actor, uuid.UUID, Mapping[str, Any]], int | None] | None = None
    current: Callable[[Actor, uuid.UUID, Sequence[str]], Mapping[str, Any]] | None = None
    signed: Callable[[Actor, uuid.UUID, Sequence[str]], Mapping[str, tuple[str, dt.datetime]]] | None = None
    attach: Callable[[Actor, uuid.UUID, str, bytes, str], None] | None = None
    url: Callable[[uuid.UUID], str] | None = None

    @property
    def name(self) -> str:
        """``act.record`` of ``act.record/1``."""
        return self.schema.partition("/")[0]

    @property
    def version(self) -> int:
        """``1`` of ``act.record/1``."""
        return int(self.schema.partition("/")[2])


_kinds: dict[str, Kind] = {}
_mirrors: dict[str, Callable[[Actor], Any]] = {}
_links: list[Callable[[Sequence[uuid.UUID]], set[uuid.UUID]]] = []


def register(kind: Kind) -> None:
    """Declare a kind; a name is used once, and every older version has its upcaster."""
    if sorted(kind.upcasters) != list(range(1, kind.version)):
        raise ValueError(f"{kind.schema} cannot read all its older versions")
    if _kinds.setdefault(kind.name, kind) != kind:
        raise ValueError(f"the kind {kind.name} is declared twice")


def kind_of(name: str) -> Kind | None:
    """The kind of that name, without its version."""
    return _kinds.get(name)


def label_of(schema: str) -> str:
    """How pages name an operation, known here or not."""
    kind = _kinds.get(schema.partition("/")[0])
    return kind.label if kind else "Saisie d’un carnet plus récent"


def kinds() -> list[Kind]:
    """Every kind, by name."""
    return [_kinds[name] for name in sorted(_kinds)]


def register_mirror(code: str, collect: Callable[[Actor], Any]) -> None:
    """Declare a part of the mirror: ``collect(actor)`` gives JSON data that this member may see, without identity."""
    if _mirrors.setdefault(code, collect) != collect:
        raise ValueError(f"the part {code} is declared twice")


def mirrors() -> dict[str, Callable[[Actor], Any]]:
    """Every part of the mirror, in order of code."""
    return {code: _mirrors[code] for code in sorted(_mirrors)}


def link_persons(find: Callable[[Sequence[uuid.UUID]], set[uuid.UUID]]) -> None:
    """Declare how a module finds the records (of operations) that concern persons under erasure."""
    if find not in _links:
        _links.append(find)


def entities_of_persons(person_ids: Sequence[uuid.UUID]) -> set[uuid.UUID]:
    """Every record that modules say concerns these persons."""
    return {entity for find in _links for entity in find(person_ids)}
