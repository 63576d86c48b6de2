"""Reads of incident sheets and debriefings, and their counts for the employer."""

import datetime as dt
import uuid
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Count, QuerySet
from django.db.models.functions import TruncMonth

from entremise.accounts.enums import Role
from entremise.accounts.queries import member_names
from entremise.core.actor import Actor
from entremise.core.db import get_one
from entremise.core.suppression import THRESHOLD, Mark, Row, protect_linked
from entremise.core.time import day_bounds, local, today
from entremise.safety.enums import IncidentKind
from entremise.safety.models import Debrief, DebriefPerson, IncidentSheet, SheetPerson

MONTHS = 12


def list_sheets(actor: Actor) -> QuerySet[IncidentSheet]:
    """Sheets the actor may read, the latest first."""
    return IncidentSheet.objects.visible_to(actor).order_by("-happened_at", "-pk")


def get_sheet(actor: Actor, sheet_id: uuid.UUID) -> IncidentSheet:
    """A sheet the actor may read; NotFound otherwise."""
    return get_one(IncidentSheet.objects.visible_to(actor).filter(pk=sheet_id))


def list_debriefs(actor: Actor) -> QuerySet[Debrief]:
    """Debriefings the actor may read, the latest first."""
    return Debrief.objects.visible_to(actor).order_by("-held_at", "-pk")


def get_debrief(actor: Actor, debrief_id: uuid.UUID) -> Debrief:
    """A debriefing the actor may read; NotFound otherwise."""
    return get_one(Debrief.objects.visible_to(actor).filter(pk=debrief_id))


def people_of_sheets(sheet_ids: Iterable[uuid.UUID]) -> dict[uuid.UUID, list[uuid.UUID]]:
    """The members each sheet concerns, in one query."""
    found: dict[uuid.UUID, list[uuid.UUID]] = {pk: [] for pk in sheet_ids}
    for row in SheetPerson.objects.filter(incidentsheet_id__in=list(found)).order_by("pk"):
        found[row.incidentsheet_id].append(row.member_id)
    return found


def names_in(debrief: Debrief) -> list[str]:
    """Who took part."""
    members = list(DebriefPerson.objects.filter(debrief=debrief).order_by("pk").values_list("member_id", flat=True))
    names = member_names(members)
    return [names[member] for member in members]


@dataclass(frozen=True)
class Tally:
    """One line of the employer's counts; ``shown`` hides what would point at someone."""

    label: str
    shown: str


@dataclass(frozen=True)
class Counts:
    """By kind and by month over the last twelve months, never both at once; empty when a list cannot be shown."""

    kinds: list[Tally]
    months: list[Tally]
    total: str
    since: dt.date


def counts_of(actor: Actor) -> Counts:
    """The counts an employer needs to protect its staff: one query.

    The two lists are protected together (ADR 0006). A coordinator counts their teams, an administrator all of them.
    """
    first = _months_back(today().replace(day=1), MONTHS - 1)
    sheets = IncidentSheet.objects.filter(
        organisation_id=actor.organisation_id, happened_at__gte=day_bounds(first)[0]
    ).order_by()
    if not actor.has_role(Role.ADMINISTRATEUR):
        sheets = sheets.filter(team_id__in=actor.team_ids)
    grouped = sheets.annotate(month=TruncMonth("happened_at")).values_list("kind", "month").annotate(Count("pk"))
    asked = [_months_back(today().replace(day=1), back) for back in range(MONTHS - 1, -1, -1)]
    places = {(kind, month): (i, j) for i, kind in enumerate(IncidentKind.values) for j, month in enumerate(asked)}
    crossing = dict.fromkeys(places.values(), 0)
    for kind, moment, count in grouped:
        crossing[places[kind, local(moment).date().replace(day=1)]] += count
    kinds = [sum(crossing[i, j] for j in range(MONTHS)) for i in range(len(IncidentKind))]
    months = [sum(crossing[i, j] for i in range(len(IncidentKind))) for j in range(MONTHS)]
    by_kind, by_month = protect_linked(crossing, sizes=(len(kinds), MONTHS))
    return Counts(
        _tallies([str(kind.label) for kind in IncidentKind], kinds, by_kind),
        _tallies([f"{month:%m/%Y}" for month in asked], months, by_month),
        _said(sum(kinds), by_kind.total),
        first,
    )


def _months_back(month: dt.date, back: int) -> dt.date:
    whole = month.year * 12 + month.month - 1 - back
    return dt.date(whole // 12, whole % 12 + 1, 1)


def _tallies(labels: list[str], values: list[int], row: Row) -> list[Tally]:
    """What the protected list shows of each count."""
    if row.whole:
        return []
    return [Tally(label, _said(value, mark)) for label, value, mark in zip(labels, values, row.marks, strict=True)]


def _said(value: int, mark: Mark) -> str:
    return {Mark.SMALL: f"< {THRESHOLD}", Mark.MASKED: "masqué"}.get(mark, str(value))
