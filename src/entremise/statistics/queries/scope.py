"""What a report covers: places with their parts, days, registers."""

import uuid
from dataclasses import dataclass, field

from entremise.core.actor import Actor
from entremise.core.errors import InvalidInput
from entremise.core.nomenclature import national
from entremise.places import queries as places
from entremise.statistics.enums import Comparison
from entremise.statistics.models import Convention
from entremise.statistics.periods import Period, between, previous

ELSEWHERE = (uuid.UUID(int=0), "Autres lieux")  # parts of residences attached to nothing that may be named


@dataclass(frozen=True)
class Scope:
    """The counted part of the activity. ``site_ids`` None means every place of the organisation.

    ``place_of`` gives, for each place, what the report may name (a residence, a whole site) and its
    type of space; it covers the places of the scope, used or not.
    """

    organisation_id: uuid.UUID
    period: Period
    previous: Period
    site_ids: tuple[uuid.UUID, ...] | None = None
    registers: tuple[str, ...] = ()
    place_of: dict[uuid.UUID, tuple[uuid.UUID, str]] = field(default_factory=dict)
    space_of: dict[uuid.UUID, str] = field(default_factory=dict)
    qpv_codes: tuple[str, ...] = ()


def period_for(convention: Convention | None, asked: Period) -> Period:
    """The asked period within the convention's days.

    A landlord's is counted in whole months, the first and the last of the convention included: cutting
    a month in two would give days away by subtraction.
    """
    if convention is None or convention.is_landlord:
        return asked
    start, end = max(asked.start, convention.starts_on), min(asked.end, convention.ends_on)
    return between(start, end) if start <= end else asked


def check_period(convention: Convention | None, asked: Period) -> None:
    """Raise InvalidInput when the period may not be reported to this funder, or to anyone."""
    problem = _problem(convention, asked)
    if problem:
        raise InvalidInput({"periode": [problem]})


def _problem(convention: Convention | None, asked: Period) -> str:
    if convention and (asked.end < convention.starts_on or asked.start > convention.ends_on):
        days = f"du {convention.starts_on:%d/%m/%Y} au {convention.ends_on:%d/%m/%Y}"
        return f"Cette période est hors de la convention ({days}). Choisissez-en une qui la recoupe."
    if convention and convention.is_landlord and not asked.is_whole_months:
        return "Un bailleur reçoit des mois entiers : commencez au 1er d’un mois et finissez au dernier jour d’un mois."
    if not asked.is_a_month_or_more:
        return "Rien de plus fin que le mois ne sort de l’équipe : choisissez une période d’au moins un mois."
    return ""


def scope_of(actor: Actor, convention: Convention | None, asked: Period, comparison: str) -> Scope:
    """What is counted for a convention, or for the whole organisation when there is none. Three queries."""
    assert actor.organisation_id is not None  # every permission of this module needs an organisation
    sites = list(places.list_sites(actor, active_only=False))
    wanted: set[uuid.UUID] | None = None
    if convention is not None:
        wanted = _with_parts({site.pk: site.parent_id for site in sites}, set(_chosen(convention)))
    kept = [site for site in sites if wanted is None or site.pk in wanted]
    named = places.residence_of(site.pk for site in kept)
    period = period_for(convention, asked)
    return Scope(
        organisation_id=actor.organisation_id,
        period=period,
        previous=previous(period, Comparison(comparison)),
        site_ids=None if wanted is None else tuple(sorted(wanted)),
        registers=tuple(convention.registers) if convention else (),
        place_of={site.pk: named.get(site.pk, ELSEWHERE) for site in kept},
        space_of={site.pk: national(site.space_type) for site in kept},
        qpv_codes=tuple(sorted({site.qpv_code for site in kept if site.qpv_code})),
    )


def _chosen(convention: Convention) -> list[uuid.UUID]:
    return list(convention.sites.values_list("pk", flat=True))


def _with_parts(parents: dict[uuid.UUID, uuid.UUID | None], chosen: set[uuid.UUID]) -> set[uuid.UUID] | None:
    """The chosen places and everything inside them; None when nothing was chosen (all places)."""
    if not chosen:
        return None
    kept = set()
    for site in parents:
        above: uuid.UUID | None = site
        while above is not None and above not in chosen:
            above = parents.get(above)
        if above is not None:
            kept.add(site)
    return kept
