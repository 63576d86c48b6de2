"""Figures of presence for a period: what reports print. Each definition stands in its docstring."""

import datetime as dt
import statistics as stats
import uuid
from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass, field

from django.db.models import Count, QuerySet, Sum

from entremise.core.nomenclature import national
from entremise.core.time import period_bounds
from entremise.presence.enums import COUNTED_STATUSES, DefectStatus, RoundStatus
from entremise.presence.models import Defect, Round, Stop, Tally

SECONDS_A_DAY = 86_400
Bound = dt.date | dt.datetime
Sites = Collection[uuid.UUID] | None


@dataclass(frozen=True)
class RoundTotals:
    """Presence over a period. ``unclosed`` rounds are in ``rounds`` and ``contacts``, not in ``minutes``."""

    rounds: int
    minutes: int
    contacts: int
    contacts_by_band: dict[str, int] = field(default_factory=dict)
    unclosed: int = 0
    sites: int = 0


@dataclass(frozen=True)
class DefectLine:
    """Technical defects of one category; ``median_delay_days`` is None when none was solved."""

    category: str
    reported: int
    solved: int
    median_delay_days: float | None


def bounds(start: Bound, end: Bound) -> tuple[dt.datetime, dt.datetime]:
    """Dates: both days included. Aware instants: ``start <= x < end``."""
    if isinstance(start, dt.datetime) and isinstance(end, dt.datetime):
        return start, end
    return period_bounds(start, end)


def first_moment(organisation_id: uuid.UUID) -> dt.datetime | None:
    """When the organisation's first round began, or its first defect was reported; None before both."""
    rounds = Round.objects.filter(organisation_id=organisation_id, status__in=COUNTED_STATUSES).order_by("begins_at")
    defects = Defect.objects.filter(organisation_id=organisation_id).order_by("reported_at")
    firsts = (rounds.values_list("begins_at", flat=True).first(), defects.values_list("reported_at", flat=True).first())
    return min((moment for moment in firsts if moment is not None), default=None)


def _rounds(organisation_id: uuid.UUID, first: dt.datetime, last: dt.datetime, site_ids: Sites) -> QuerySet[Round]:
    rounds = Round.objects.filter(
        organisation_id=organisation_id, status__in=COUNTED_STATUSES, begins_at__gte=first, begins_at__lt=last
    )
    if site_ids is None:
        return rounds
    return rounds.filter(pk__in=Stop.objects.filter(site_id__in=list(site_ids)).values("round_id"))


def round_totals(
    organisation_id: uuid.UUID, *, start: Bound, end: Bound, site_ids: Sites = None, team_ids: Sites = None
) -> RoundTotals:
    """Rounds, hours and contacts.

    - ``rounds``: rounds really begun whose start falls in the period; with ``site_ids``, those with at
      least one stop at one of these sites. Planned, cancelled and merged rounds never count.
    - ``minutes``: sum of the duration of those of them that are closed, each rounded to the minute
      when it was closed. The whole round counts as soon as one stop is at one of the sites.
    - ``contacts``: contacts counted at stops reached in the period, at these sites exactly; encounters,
      not persons. ``contacts_by_band`` splits them by L6; the sum of the bands is ``contacts``.
    - ``sites``: different places with a stop in the period.
    """
    first, last = bounds(start, end)
    rounds = _rounds(organisation_id, first, last, site_ids)
    stops = Stop.objects.filter(
        organisation_id=organisation_id,
        arrived_at__gte=first,
        arrived_at__lt=last,
        round__status__in=COUNTED_STATUSES,
    )
    if site_ids is not None:
        stops = stops.filter(site_id__in=list(site_ids))
    if team_ids is not None:
        rounds, stops = rounds.filter(team_id__in=list(team_ids)), stops.filter(round__team_id__in=list(team_ids))
    by_status = {row["status"]: row for row in rounds.values("status").annotate(n=Count("pk"), total=Sum("minutes"))}
    closed, unclosed = by_status.get(RoundStatus.TERMINEE), by_status.get(RoundStatus.OUVERTE)
    bands = Tally.objects.filter(stop__in=stops, count__gt=0).values_list("age_band").annotate(total=Sum("count"))
    by_band = dict(bands.order_by("age_band"))
    return RoundTotals(
        rounds=sum(row["n"] for row in by_status.values()),
        minutes=(closed["total"] or 0) if closed else 0,
        contacts=sum(by_band.values()),
        contacts_by_band=by_band,
        unclosed=unclosed["n"] if unclosed else 0,
        sites=stops.values("site_id").distinct().count(),
    )


def defect_totals(organisation_id: uuid.UUID, *, start: Bound, end: Bound, site_ids: Sites = None) -> list[DefectLine]:
    """Technical defects by national category (L21), most reported first.

    - ``reported``: defects whose report falls in the period.
    - ``solved``: those of them whose repair the team has seen (status "résolu, constaté"), whenever it did.
    - ``median_delay_days``: median, over the solved ones, of the time from report to repair seen, in
      days to one decimal.
    """
    first, last = bounds(start, end)
    defects = Defect.objects.filter(organisation_id=organisation_id, reported_at__gte=first, reported_at__lt=last)
    if site_ids is not None:
        defects = defects.filter(site_id__in=list(site_ids))
    reported: dict[str, int] = defaultdict(int)
    delays: dict[str, list[float]] = defaultdict(list)
    rows = defects.values_list("category", "status", "reported_at", "resolved_at")
    for category, status, reported_at, resolved_at in rows.iterator():
        code = national(category)
        reported[code] += 1
        if status == DefectStatus.RESOLU and resolved_at:
            delays[code].append((resolved_at - reported_at).total_seconds() / SECONDS_A_DAY)
    lines = [
        DefectLine(code, count, len(delays[code]), round(stats.median(delays[code]), 1) if delays[code] else None)
        for code, count in reported.items()
    ]
    return sorted(lines, key=lambda line: (-line.reported, line.category))
