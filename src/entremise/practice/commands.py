"""What arrives from a form of this module."""

import datetime as dt
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

# A text, a list of codes, or a list of pairs of texts, according to the question.
Value = str | list[str] | list[list[str]]
Answers = dict[str, Value]


@dataclass(frozen=True, kw_only=True)
class WriteSheet:
    """The whole of a sheet, as its author has it before them. ``base_version`` None for a new one."""

    layout: str
    title: str = ""
    answers: Answers = field(default_factory=dict)
    base_version: int | None = None
    finish: bool = False


@dataclass(frozen=True, kw_only=True)
class Reread:
    """What is said thirty days later."""

    done: str
    words: str = ""


@dataclass(frozen=True, kw_only=True)
class Convene:
    """A meeting to come, and who is invited to it beside oneself."""

    planned_at: dt.datetime
    member_ids: Sequence[uuid.UUID]


@dataclass(frozen=True, kw_only=True)
class GiveRoles:
    """Seat by seat, the role each one holds."""

    roles: Mapping[uuid.UUID, str]


@dataclass(frozen=True, kw_only=True)
class KeepEvidence:
    """A piece of evidence as its author read it again. ``reread`` says that they looked at what the helper points at.

    ``traits`` are the ones they agree to tell, as ``L17:dialogue``, among those that may be told (None: all of them);
    ``source_id`` names the record of an act, a mediation or a sheet. ``on`` is a day of the month told by hand.
    ``keeps_file``: the document itself is deposited, with ``file`` its bytes (None: the file already there).
    """

    kind: str
    title: str
    text: str
    competences: Sequence[str]
    reread: bool = False
    source_id: uuid.UUID | None = None
    traits: Sequence[str] | None = None
    on: dt.date | None = None
    issuer: str = ""
    file_name: str = ""
    file_digest: str = ""
    file: bytes | None = None
    keeps_file: bool = False


@dataclass(frozen=True, kw_only=True)
class KeepLine:
    """A line of the ledgers. ``hours`` for an internship; ``nature`` and ``fields`` for an experience."""

    kind: str
    place: str
    starts_on: dt.date
    ends_on: dt.date | None = None
    person: str = ""
    hours: int | None = None
    nature: str = ""
    fields: Sequence[str] = ()
    tasks: str = ""


@dataclass(frozen=True, kw_only=True)
class AskAttestation:
    """What somebody is asked to sign; ``target_id`` names the line or the evidence."""

    kind: str
    target_id: uuid.UUID | None = None


@dataclass(frozen=True, kw_only=True)
class SignAttestation:
    """What the signer says, in their own words."""

    name: str
    function: str
    structure: str
    words: str
    agrees: bool


@dataclass(frozen=True, kw_only=True)
class StateAiUse:
    """What the author says of tools that write."""

    use: str
    words: str = ""
