"""What arrives from outside, before it is checked."""

import datetime as dt
from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class RecordRefusal:
    """A request refused: ``asker_type`` L20, ``kind`` RefusedRequest, ``principle`` Principle (codes)."""

    asked_on: dt.date | None
    asker_type: str
    kind: str
    principle: str
    circumstances: str = ""
