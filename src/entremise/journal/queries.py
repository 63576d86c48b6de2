"""Reads of the journal, for pages that show what happened to one record: never who by name, always by function."""

import datetime as dt
import uuid
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from entremise.journal.models import Entry

MANY = 1000


@dataclass(frozen=True)
class Line:
    """One event of a record: when, what, in which function (role codes joined by ``+``), from where."""

    at: dt.datetime
    name: str
    function: str
    origin: str
    codes: dict[str, Any]


def events_about(target_ids: Collection[uuid.UUID], names: Collection[str]) -> dict[uuid.UUID, list[Line]]:
    """The events of these names about each of these records, oldest first; one query."""
    found: dict[uuid.UUID, list[Line]] = {}
    for one in Entry.objects.filter(target_id__in=target_ids, name__in=names).order_by("sequence")[:MANY]:
        line = Line(one.at, one.name, one.function, one.origin, one.payload.get("codes", {}))
        found.setdefault(one.target_id, []).append(line)
    return found


def events_of(target_id: uuid.UUID, names: Collection[str]) -> list[Line]:
    """The latest events of these names about one record, newest first."""
    entries = Entry.objects.filter(target_id=target_id, name__in=names).order_by("-sequence")[:MANY]
    return [Line(one.at, one.name, one.function, one.origin, one.payload.get("codes", {})) for one in entries]
