"""What arrives from forms, as plain values."""

import datetime as dt
import uuid
from dataclasses import dataclass, field


@dataclass(frozen=True, kw_only=True)
class OpenCase:
    """A saisine: who asks, through whom, about what. From an act, how its two parties are called for now."""

    id: uuid.UUID
    team_id: uuid.UUID
    origin: str
    asked_on: dt.date
    asked_by: str = ""
    subject: str = ""
    act_id: uuid.UUID | None = None
    side_a: str = ""
    side_b: str = ""


@dataclass(frozen=True, kw_only=True)
class PartyFacts:
    """A party as it is known; codes of ``enums``."""

    kind: str
    person_id: uuid.UUID | None = None
    label: str = ""
    empowered: str = ""
    representation: str = "seule"
    supporter: str = ""
    language: str = "fr"
    interpreter: bool = False
    is_minor: bool = False
    own_wish: str = ""
    authority: str = "sans_objet"


@dataclass(frozen=True, kw_only=True)
class SessionFacts:
    """A meeting; ``present`` holds the letters of the parties."""

    kind: str
    happened_at: dt.datetime
    minutes: int
    present: tuple[str, ...]
    place: str = ""
    frame_explained: bool = False
    interpreter: bool = False


@dataclass(frozen=True, kw_only=True)
class UndertakingFacts:
    """Who (a letter, or empty for every party) does what, from when, checked how."""

    party: str = ""
    what: str = ""
    due_on: dt.date | None = None
    checked_how: str = ""


@dataclass(frozen=True, kw_only=True)
class AgreementFacts:
    """A draft, whole."""

    kind: str
    context: str
    difficulty: str = ""
    read_aloud: bool = False
    undertakings: tuple[UndertakingFacts, ...] = field(default_factory=tuple)


@dataclass(frozen=True, kw_only=True)
class Answer:
    """What one party says at a follow-up."""

    party: str
    link: str
    misunderstanding: str
    face: int | None = None
    heard: str = ""
    sentence: str = ""
