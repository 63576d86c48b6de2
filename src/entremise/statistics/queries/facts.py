"""The counts behind a report, before the rule of small numbers: never shown as they are."""

import uuid
from dataclasses import dataclass

from entremise.accounts.queries import ListChoices, choices_for
from entremise.core.time import period_bounds
from entremise.interventions import queries as interventions
from entremise.interventions.queries import ActFigures
from entremise.presence import queries as presence
from entremise.presence.queries import DefectLine, RoundTotals
from entremise.statistics.periods import Period
from entremise.statistics.queries.scope import Scope

_LISTS = ("L1", "L2", "L4", "L6", "L8", "L18", "L21")


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
    compared: bool = True  # False when the other period ended before the organisation's first record


def gather(scope: Scope) -> Sources:
    """Count both periods. About thirty queries, whatever the size of the organisation."""
    return Sources(
        scope=scope,
        now=_facts(scope, scope.period),
        before=_facts(scope, scope.previous),
        labels=choices_for(scope.organisation_id, *_LISTS),
        compared=_had_begun(scope.organisation_id, scope.previous),
    )


def _had_begun(organisation_id: uuid.UUID, period: Period) -> bool:
    """True when something had been recorded by the end of the period: before that, a zero would say nothing."""
    starts = (presence.first_moment(organisation_id), interventions.first_moment(organisation_id))
    known = [moment for moment in starts if moment is not None]
    return bool(known) and min(known) < period_bounds(period.start, period.end)[1]


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
