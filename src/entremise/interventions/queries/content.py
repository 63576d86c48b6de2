"""An act as plain values: what a form shows, what a change is compared with."""

import datetime as dt
import json
from dataclasses import asdict
from typing import Any

from entremise.interventions.commands import ActContent, Heads
from entremise.interventions.enums import Dimension
from entremise.interventions.models import Intervention

PLAIN = (
    "occurred_at",
    "site_id",
    "outcome",
    "duration_minutes",
    "second_author_id",
    "origin",
    "contact_mode",
    "people_count",
    "first_meeting",
    "language_need",
    "conflict_kind",
    "party_a",
    "party_b",
    "history",
    "tension_before",
    "tension_after",
    "link",
    "narrative",
    "visibility",
)
CODES = {
    "registers": "L1",
    "configurations": "L5",
    "publics": "L8",
    "demands": "L10",
    "themes": "L11",
    "conflict_objects": "L13",
    "dangers": "L16",
    "actions": "L17",
    "follow_ups": "L19",
    "partners": "L20",
}
Changes = dict[str, tuple[Any, Any]]  # field -> value before, value after

MARGINS = {"ages": Dimension.AGE, "genders": Dimension.GENRE}


def content_of(act: Intervention) -> ActContent:
    """The content of an act, with its codes and margins (two queries unless prefetched)."""
    values: dict[str, Any] = {name: getattr(act, name) for name in PLAIN}
    codes = sorted(act.codes.all(), key=lambda row: row.rank)
    for name, reference in CODES.items():
        values[name] = tuple(row.code for row in codes if row.list_reference == reference)
    counts = sorted(act.public.all(), key=lambda row: row.pk)
    for name, dimension in MARGINS.items():
        values[name] = tuple(
            Heads(code=row.code, count=row.count, estimated=row.estimated)
            for row in counts
            if row.dimension == dimension
        )
    return ActContent(**values)


def differences(before: ActContent, after: ActContent) -> Changes:
    """Fields whose value changed, with both values as plain data."""
    old, new = _plain(before), _plain(after)
    return {name: (old[name], new[name]) for name in old if old[name] != new[name]}


def _plain(content: ActContent) -> dict[str, Any]:
    return json.loads(json.dumps(asdict(content), default=_text))


def _text(value: object) -> str:
    # One instant has one text: the page sends Paris time, the database gives UTC.
    return value.astimezone(dt.UTC).isoformat() if isinstance(value, dt.datetime) else str(value)
