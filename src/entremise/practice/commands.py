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
