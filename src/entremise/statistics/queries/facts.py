"""The counts behind a report, before the rule of small numbers: never shown as they are."""

import datetime as dt
import uuid
from dataclasses import dataclass

from entremise.accounts.queries import ListChoices, choices_for
from entremise.core.time import local, period_bounds
from entremise.interventions import queries as interventions
from entremise.interventions.queries import ActFigures
from entremise.presence import queries as presence
from entremise.presence.queries import DefectLine, RoundTotals
from entremise.statistics.periods import Period
from entremise.statistics.queries.scope import Scope
from entremise.statistics.report import NO_DATA

_LISTS = ("L1", "L2", "L4", "L6", "L7", "L8", "L18", "L21")
LATE_START = dt.timedelta(days=3)  # a week-end before the first round leaves no gap worth telling


@dataclass(frozen=True)
class Facts:
    """One period, exact to the unit."""

    acts: ActFigures
    rounds: RoundTotals
    defects: list[DefectLine]


@dataclass(frozen=True)
class Sources:
    """All that a report is made of."""

    scope: Scope
    now: Facts
    before: Facts
    labels: dict[str, ListChoices]
    lacking: str = ""  # why the other period is not compared: nothing, or only a part of it, was recorded then


def gather(scope: Scope) -> Sources:
    """Count both periods. About thirty queries, whatever the size of the organisation."""
    return Sources(
        scope=scope,
        now=_facts(scope, scope.period),
        before=_facts(scope, scope.previous),
        labels=choices_for(scope.organisation_id, *_LISTS),
        lacking=_lacking(scope.organisation_id, scope.previous),
    )


def covers(organisation_id: uuid.UUID, period: Period) -> bool:
    """True when the record had begun by the first days of the period."""
    return not _lacking(organisation_id, period)


def _lacking(organisation_id: uuid.UUID, period: Period) -> str:
    """What is missing of a period: before the first record a zero would say nothing, and a part is not the whole."""
    starts = (presence.first_moment(organisation_id), interventions.first_moment(organisation_id))
    known = [moment for moment in starts if moment is not None]
    first = local(min(known)).date() if known else None
    if first is None or first > period.end:
        return NO_DATA
    if first > period.start + LATE_START:
        return f"non comparé, données depuis le {first:%d/%m/%Y} seulement"
    return ""


def _facts(scope: Scope, period: Period) -> Facts:
    start, end = period_bounds(period.start, period.end)
    return Facts(
        acts=interventions.figures(
            scope.organisation_id,
            start=start,
            end=end,
            site_ids=scope.site_ids,
            registers=scope.registers or None,
        ),
        rounds=presence.round_totals(scope.organisation_id, start=start, end=end, site_ids=scope.site_ids),
        defects=presence.defect_totals(scope.organisation_id, start=start, end=end, site_ids=scope.site_ids),
    )
