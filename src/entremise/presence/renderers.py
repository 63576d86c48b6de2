"""How presence words its own lines of the team log, and its chips. Reads codes only: no query but one for labels."""

import datetime as dt
import uuid
from collections.abc import Sequence
from typing import Any

from django.urls import reverse

from entremise.accounts.queries import ListChoices, choices_for
from entremise.core.actor import Actor
from entremise.core.nomenclature import national
from entremise.core.ui.formats import clock, hours
from entremise.presence import log
from entremise.presence.enums import TELLING_WATCH, DefectStatus, LogKind, RoundKind
from entremise.presence.log import LogLine
from entremise.presence.models import LogEntry
from entremise.presence.queries.carnet import title_at
from entremise.presence.services.defects import DEFECT
from entremise.presence.services.log import CALL, INSTRUCTION
from entremise.presence.services.rounds import ROUND
from entremise.presence.services.watch import OBSERVATION

DEFECT_STATES: dict[str, tuple[str, str]] = {
    DefectStatus.SIGNALE: ("wait", "Accusé de réception attendu"),
    DefectStatus.ACCUSE: ("wait", "Accusé de réception"),
    DefectStatus.EN_COURS: ("wait", "En cours"),
    DefectStatus.RELANCE: ("wait", "Relancé"),
    DefectStatus.RESOLU: ("ok", "Résolu, constaté"),
    DefectStatus.SANS_SUITE: ("neutral", "Sans suite"),
}


def register() -> None:
    """Called once, when the applications are ready."""
    log.register_renderer(ROUND, round_lines)
    log.register_renderer(DEFECT, defect_lines)
    log.register_renderer(OBSERVATION, observation_lines)
    log.register_renderer(INSTRUCTION, word_lines)
    log.register_renderer(CALL, word_lines)
    log.register_filter("signalement", "Signalements techniques", lambda line: line.kind == LogKind.ANOMALIE, order=60)
    log.register_filter("consigne", "Consignes", lambda line: line.kind == LogKind.CONSIGNE, order=70)
    log.register_filter("observation", "Observations", lambda line: line.kind == LogKind.OBSERVATION, order=80)


def plural(count: int, one: str, many: str) -> str:
    """ "1 contact", "14 contacts"."""
    return f"{count} {one if count < 2 else many}"


def round_lines(actor: Actor, entries: Sequence[LogEntry]) -> dict[uuid.UUID, LogLine]:
    """Beginning and end of a round, and the instruction left at its end."""
    return {entry.pk: _round_line(entry) for entry in entries}


def _round_line(entry: LogEntry) -> LogLine:
    url = reverse("presence:round_detail", args=[entry.subject_id])
    if entry.kind == LogKind.CONSIGNE:
        return LogLine(f"Consigne de {_author(entry)}", entry.text, url)
    names = [entry.names[uuid.UUID(member)] for member in entry.codes.get("members", [])]  # type: ignore[attr-defined]
    if entry.kind == LogKind.PRISE_SERVICE:
        title = title_at(entry.codes["round_kind"], entry.occurred_at)
        return LogLine("Prise de service", f"{', '.join(names)} · {title}", url)
    told = f"{', '.join(names)} · {RoundKind(entry.codes['round_kind']).label}"
    counts = [
        hours(entry.codes.get("minutes") or 0),
        plural(entry.codes.get("contacts", 0), "contact", "contacts"),
        plural(entry.codes.get("sites", 0), "lieu", "lieux"),
    ]
    return LogLine("Fin de service", f"{told}. {', '.join(counts)}.", url)


def _author(entry: Any) -> str:
    return str(entry.author_name)


def word_lines(actor: Actor, entries: Sequence[LogEntry]) -> dict[uuid.UUID, LogLine]:
    """Instructions and calls: the only lines that carry words of their own."""
    return {
        entry.pk: LogLine(
            f"Consigne de {_author(entry)}" if entry.kind == LogKind.CONSIGNE else LogKind(entry.kind).label,
            entry.text if entry.kind == LogKind.CONSIGNE else f"{entry.text}\nNoté par {_author(entry)}.",
        )
        for entry in entries
    }


def observation_lines(actor: Actor, entries: Sequence[LogEntry]) -> dict[uuid.UUID, LogLine]:
    """The place and how sure it is; the type too, unless beside a place it could point at someone."""
    lists = choices_for(actor.organisation_id, "L25", "L26")
    found = {}
    for entry in entries:
        code = entry.codes["watch_type"]
        telling = national(code) in TELLING_WATCH
        words = "" if telling else f"{lists['L25'].label(code)}. "
        found[entry.pk] = LogLine(
            "Observation",
            f"{words}{lists['L26'].label(entry.codes['reliability'])}, noté par {_author(entry)}.",
            reverse("presence:observation", args=[entry.subject_id]),
        )
    return found


def defect_lines(actor: Actor, entries: Sequence[LogEntry]) -> dict[uuid.UUID, LogLine]:
    """What is broken, whether the owner was told, and where it stands."""
    lists = choices_for(actor.organisation_id, "L21", "L23")
    return {entry.pk: _defect_line(entry, lists["L21"], lists["L23"]) for entry in entries}


def _defect_line(entry: LogEntry, categories: ListChoices, urgencies: ListChoices) -> LogLine:
    codes = entry.codes
    parts = []
    if codes["urgency"] in ("danger", "urgent"):
        parts.append(urgencies.label(codes["urgency"]))
    if codes["notified_at"]:
        parts.append(f"Message envoyé au gestionnaire à {clock(dt.datetime.fromisoformat(codes['notified_at']))}")
    else:
        parts.append("Message au gestionnaire en attente" if codes["owner"] else "Aucun gestionnaire connu, à prévenir")
    if codes["repeat"] > 1:
        parts.append(f"{codes['repeat']}e fois en deux mois")
    kind, label = DEFECT_STATES[codes["status"]]
    if codes["status"] == DefectStatus.SIGNALE and not codes["owner"]:
        label = "À transmettre"
    return LogLine(
        f"Signalement : {_lower(categories.label(codes['category']))}",
        f"{', '.join([parts[0], *map(_lower, parts[1:])])}.",
        reverse("presence:defect", args=[entry.subject_id]),
        kind,
        label,
    )


def _lower(text: str) -> str:
    return text[:1].lower() + text[1:]
