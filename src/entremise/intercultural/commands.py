"""What arrives from outside, before it is checked."""

import datetime as dt
import uuid
from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True, kw_only=True)
class ReviewedText:
    """One text as its reviewer left it; the same in both forms where the language does not mark them."""

    key: str
    feminine: str
    masculine: str


@dataclass(frozen=True, kw_only=True)
class UseFacts:
    """A need of interpreting (codes of this module's lists). Empty: not known."""

    team_id: uuid.UUID | None
    used_on: dt.date | None
    language: str
    kind: str
    understanding: str
    modality: str = ""
    service: str = ""
    minutes: int | None = None
    cost: Decimal | None = None
    child_translated: bool = False
    act_id: uuid.UUID | None = None
