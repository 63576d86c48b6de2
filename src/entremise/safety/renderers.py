"""How an alert reads in the team log: never more than what raised it and how it ended."""

import uuid
from collections.abc import Sequence
from typing import Any

from django.urls import reverse

from entremise.core.actor import Actor
from entremise.presence.log import LogLine
from entremise.safety.enums import AlertEnd, AlertOrigin


def alert_lines(actor: Actor, entries: Sequence[Any]) -> dict[uuid.UUID, LogLine]:
    """Reads codes only: no query."""
    return {entry.pk: _line(entry) for entry in entries}


def _line(entry: Any) -> LogLine:
    end = entry.codes.get("end", "")
    timer = entry.codes["origin"] == AlertOrigin.MINUTEUR
    return LogLine(
        f"Alerte de {entry.author_name}",
        "Minuteur de présence arrivé à son terme." if timer else "",
        reverse("safety:alert", args=[entry.subject_id]),
        "ok" if end else "bad",
        str(AlertEnd(end).label) if end else "En cours",
    )
