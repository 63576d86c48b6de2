"""What arrives from a form, a phone or another program, as plain values and versioned."""

import datetime as dt
import json
import uuid
from dataclasses import asdict, dataclass, replace
from typing import Any

SCHEMA = 1


@dataclass(frozen=True, kw_only=True)
class Heads:
    """Heads counted in one band: a margin, never a person."""

    code: str
    count: int
    estimated: bool = False


@dataclass(frozen=True, kw_only=True)
class ActContent:
    """Everything an author may write of an act.

    ``codes`` of a list keep the order given; the first register is the main one. ``registers`` is L1,
    ``outcome`` L18, ``origin`` L2, ``contact_mode`` L3, ``configurations`` L5, ``ages`` L6, ``genders`` L7,
    ``publics`` L8, ``language_need`` L9, ``demands`` L10, ``themes`` L11, ``conflict_kind`` L12,
    ``conflict_objects`` L13, ``history`` L14, tensions L15 (0 to 5), ``dangers`` L16, ``actions`` L17,
    ``follow_ups`` L19, ``partners`` L20. Durations are minutes.
    """

    occurred_at: dt.datetime
    site_id: uuid.UUID
    registers: tuple[str, ...]
    outcome: str
    duration_minutes: int | None = None
    second_author_id: uuid.UUID | None = None
    origin: str = ""
    contact_mode: str = ""
    people_count: int | None = None
    ages: tuple[Heads, ...] = ()
    genders: tuple[Heads, ...] = ()
    configurations: tuple[str, ...] = ()
    publics: tuple[str, ...] = ()
    first_meeting: str = ""
    language_need: str = ""
    demands: tuple[str, ...] = ()
    themes: tuple[str, ...] = ()
    conflict_kind: str = ""
    conflict_objects: tuple[str, ...] = ()
    party_a: str = ""
    party_b: str = ""
    history: str = ""
    tension_before: int | None = None
    tension_after: int | None = None
    link: str = ""
    dangers: tuple[str, ...] = ()
    actions: tuple[str, ...] = ()
    follow_ups: tuple[str, ...] = ()
    partners: tuple[str, ...] = ()
    narrative: str = ""
    visibility: str = "equipe"


@dataclass(frozen=True, kw_only=True)
class RecordIntervention(ActContent):
    """Note an act. ``id`` is a UUIDv7 chosen by the sender, so that sending twice records once."""

    id: uuid.UUID
    team_id: uuid.UUID
    schema: int = SCHEMA
    round_id: uuid.UUID | None = None
    thread_id: uuid.UUID | None = None
    duplicated_from_id: uuid.UUID | None = None


@dataclass(frozen=True, kw_only=True)
class CorrectIntervention(ActContent):
    """Replace the content of an act read at ``base_version``."""

    id: uuid.UUID
    base_version: int
    schema: int = SCHEMA


@dataclass(frozen=True)
class Checked:
    """Content ready to be saved, and the (list, code) of the sensitive values left out of it."""

    content: ActContent
    dropped: tuple[tuple[str, str], ...] = ()


def changed(content: ActContent, values: dict[str, Any]) -> ActContent:
    """The same content with other values for these fields."""
    return replace(content, **values)


def canonical(command: ActContent) -> str:
    """One text for one content, whatever the sender: what "same content" means."""
    return json.dumps(asdict(command), sort_keys=True, default=_plain)


def _plain(value: object) -> str:
    if isinstance(value, dt.datetime):
        return value.astimezone(dt.UTC).isoformat(timespec="seconds")
    return str(value)
