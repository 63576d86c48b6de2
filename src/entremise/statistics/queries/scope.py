"""What a report covers: places with their parts, days, registers."""

import datetime as dt
import uuid
from dataclasses import dataclass, field

from entremise.core.actor import Actor
from entremise.core.errors import InvalidInput
from entremise.core.nomenclature import national
from entremise.core.permissions import can
from entremise.core.time import today
from entremise.core.ui.formats import long_date
from entremise.places import queries as places
from entremise.places.scopes import Within
from entremise.statistics.enums import Comparison
from entremise.statistics.models import Convention
from entremise.statistics.periods import Period, between, month_of, previous
from entremise.statistics.queries.conventions import get_convention

ELSEWHERE = (places.UNTOLD, "Autres lieux")  # parts of residences attached to nothing that may be named


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
    qpv_sites: frozenset[uuid.UUID] = frozenset()


def period_for(convention: Convention | None, asked: Period) -> Period:
    """The asked period within the months of the convention, the first and the last of which count whole.

    Cutting a month in two would give days away by subtraction (ADR 0006).
    """
    if convention is None:
        return asked
    start = max(asked.start, month_of(convention.starts_on).start)
    end = min(asked.end, month_of(convention.ends_on).end)
    return between(start, end) if start <= end else asked


def check_period(convention: Convention | None, asked: Period) -> None:
    """Raise InvalidInput when the period may not be reported, to this funder or to anyone."""
    problem = _problem(convention, asked)
    if problem:
        raise InvalidInput({"periode": [problem]})


def _problem(convention: Convention | None, asked: Period) -> str:
    if convention and (asked.end < convention.starts_on or asked.start > convention.ends_on):
        days = f"du {convention.starts_on:%d/%m/%Y} au {convention.ends_on:%d/%m/%Y}"
        return f"Cette période est hors de la convention ({days}). Choisissez-en une qui la recoupe."
    if not asked.is_whole_months:
        return (
            "Un bilan compte des mois entiers : commencez au 1er d’un mois et finissez au dernier jour d’un mois. "
            "Deux bilans à quelques jours près feraient connaître ces jours par soustraction."
        )
    return ""


def sharing_problem(convention: Convention, asked: Period) -> str:
    """Why the report may not be sent to the funder yet; empty when it may.

    A month that goes on, sent twice, would give away the days between the two.
    """
    end = period_for(convention, asked).end
    if end < today():
        return ""
    opens = end + dt.timedelta(days=1)
    return f"Cette période n’est pas finie : son lien se crée à partir du {long_date(opens)}."


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
        qpv_sites=frozenset(site.pk for site in kept if site.qpv_code),
    )


def convention_choices(actor: Actor) -> list[tuple[str, str]]:
    """Conventions a reader of figures may filter a list by."""
    if not can(actor, "statistics.view"):
        return []
    found = Convention.objects.visible_to(actor).defer("post", "missions")
    return [(str(one.pk), f"{one.funder_name} · {one.get_template_display()}") for one in found]


def places_of(actor: Actor, convention_id: uuid.UUID) -> Within:
    """What a convention counts, for the lists behind its figures."""
    convention = get_convention(actor, convention_id)
    sites = places.list_sites(actor, active_only=False).values_list("pk", "parent_id")
    wanted = _with_parts(dict(sites), set(_chosen(convention)))
    return Within(None if wanted is None else tuple(sorted(wanted)), tuple(convention.registers))


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
