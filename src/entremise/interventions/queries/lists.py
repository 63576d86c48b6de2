"""Lists of acts, one act, the coordinator's queue. Narratives are never read here but for one act."""

import datetime as dt
import uuid
from collections.abc import Collection, Iterator
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Q, QuerySet

from entremise.accounts.enums import Role
from entremise.core.actor import Actor
from entremise.core.db import get_one
from entremise.core.nomenclature import national
from entremise.interventions.enums import CALMED, NOT_GIVEN, Dimension, Status, Visibility
from entremise.interventions.models import Intervention, InterventionCode, PublicCount
from entremise.interventions.presets import CONFLICT_REGISTERS
from entremise.interventions.queries.figures import has_value, slot_of
from entremise.places.scopes import EVERYWHERE, Within

SEALED = ("narrative", "party_a", "party_b", "correction_request")
SORTS = {
    "-date": ("-occurred_at", "-pk"),
    "date": ("occurred_at", "pk"),
    "lieu": ("site__sort_name", "-occurred_at", "-pk"),
    "-lieu": ("-site__sort_name", "-occurred_at", "-pk"),
    "duree": ("duration_minutes", "-occurred_at", "-pk"),
    "-duree": ("-duration_minutes", "-occurred_at", "-pk"),
}


@dataclass(frozen=True, kw_only=True)
class ActFilters:
    """What a list keeps; empty values keep everything. ``start <= occurred_at < end``, aware.

    A register or a public keeps its local completions too. Outcomes, origins and bands are the very codes: who
    asks for a national one adds its completions, so that an index answers without comparing beginnings.
    """

    start: dt.datetime | None = None
    end: dt.datetime | None = None
    registers: tuple[str, ...] = ()
    outcomes: tuple[str, ...] = ()
    origins: tuple[str, ...] = ()
    site_id: uuid.UUID | None = None
    site_ids: tuple[uuid.UUID, ...] | None = None
    within: Within = EVERYWHERE
    sector_id: uuid.UUID | None = None
    team_id: uuid.UUID | None = None
    mine: bool = False
    status: str = ""
    visibility: str = ""
    conflict: bool = False
    danger: bool = False
    slot: str = ""
    publics: tuple[str, ...] = ()
    ages: tuple[str, ...] = ()
    genders: tuple[str, ...] = ()
    reference: str = ""
    sort: str = "-date"


def list_interventions(actor: Actor, filters: ActFilters | None = None) -> QuerySet[Intervention]:
    """Acts the actor may read, the latest first unless sorted, without their texts.

    Acts kept to their authors appear to these alone.
    """
    filters = filters or ActFilters()
    start = Intervention.objects.signed_by(actor) if filters.mine else Intervention.objects.visible_to(actor)
    acts = start.filter(_plain(filters))
    for places in (filters.site_ids, filters.within.site_ids):
        if places is not None:
            acts = acts.filter(site_id__in=places)
    if actor.organisation_id:
        acts = acts.filter(*_held(actor.organisation_id, filters))
    if filters.danger:
        # Rare: walked from its own index, not looked for in every act.
        dangers = InterventionCode.objects.filter(organisation_id=actor.organisation_id, list_reference="L16")
        acts = acts.filter(pk__in=dangers.values("intervention_id"))
    if filters.slot:
        acts = acts.filter(occurred_at__hour__in=[hour for hour in range(24) if slot_of(hour) == filters.slot])
    return acts.defer(*SEALED).order_by(*SORTS.get(filters.sort, SORTS["-date"]))


def _held(organisation_id: uuid.UUID, filters: ActFilters) -> Iterator[Exists]:
    """The conditions on what an act holds several of: registers, publics, heads in a band."""
    values = (
        ("L1", filters.registers),
        ("L1", filters.within.registers),
        ("L1", CONFLICT_REGISTERS if filters.conflict else ()),
        ("L8", filters.publics),
    )
    for reference, codes in values:
        if codes:
            yield has_value(reference, codes, organisation_id)
    for dimension, bands in ((Dimension.AGE, filters.ages), (Dimension.GENRE, filters.genders)):
        if bands:
            heads = PublicCount.objects.filter(intervention=OuterRef("pk"), dimension=dimension)
            yield Exists(heads.filter(code__in=bands))


def _plain(filters: ActFilters) -> Q:
    wanted = {
        "occurred_at__gte": filters.start,
        "occurred_at__lt": filters.end,
        "site_id": filters.site_id,
        "site__sector_id": filters.sector_id,
        "team_id": filters.team_id,
        "status": filters.status,
        "visibility": filters.visibility,
        "reference": filters.reference,
    }
    condition = Q(**{name: value for name, value in wanted.items() if value})
    if filters.outcomes:
        condition &= Q(outcome__in=filters.outcomes)
    if filters.origins:
        condition &= Q(origin__in=["" if code == NOT_GIVEN else code for code in filters.origins])
    return condition


def get_intervention(actor: Actor, intervention_id: uuid.UUID) -> Intervention:
    """An act the actor may read, with its thread; NotFound otherwise."""
    acts = Intervention.objects.visible_to(actor).select_related("thread__person")
    return get_one(acts.filter(pk=intervention_id))


def list_to_review(actor: Actor) -> QuerySet[Intervention]:
    """Acts this coordinator may validate, the oldest first: those of their teams that they did not sign."""
    if not actor.has_role(Role.ENCADRANT):
        return Intervention.objects.none()
    # All of these are visible to the coordinator; said without ``visible_to``, whose "or" hides the status's index.
    acts = Intervention.objects.filter(
        organisation_id=actor.organisation_id,
        status=Status.A_VALIDER,
        team_id__in=actor.team_ids,
        visibility__in=(Visibility.EQUIPE, Visibility.ENCADREMENT),
    ).exclude(author_id=actor.member_id)
    # Not ``exclude``: it would also drop the acts that have no second author.
    acts = acts.filter(Q(second_author=None) | ~Q(second_author_id=actor.member_id))
    return acts.order_by("occurred_at", "pk")


def next_to_review(actor: Actor, after: uuid.UUID | None = None) -> Intervention | None:
    """The first act of the queue, or the first one past ``after`` (an act the coordinator left for later)."""
    queue = list_to_review(actor)
    left = Intervention.objects.visible_to(actor).filter(pk=after).only("occurred_at").first() if after else None
    if left is not None:
        later = Q(occurred_at__gt=left.occurred_at) | Q(occurred_at=left.occurred_at, pk__gt=left.pk)
        queue = queue.filter(later)
    return queue.select_related("thread__person").first()


def list_to_correct(actor: Actor) -> QuerySet[Intervention]:
    """The actor's acts that a coordinator sent back."""
    acts = Intervention.objects.signed_by(actor).filter(status=Status.A_CORRIGER)
    return acts.defer(*SEALED).order_by("-occurred_at", "-pk")


def statuses_of(actor: Actor, act_ids: Collection[uuid.UUID]) -> dict[uuid.UUID, str]:
    """The state of those of these acts that the actor may read; one query."""
    acts = Intervention.objects.visible_to(actor).filter(pk__in=list(act_ids))
    return dict(acts.values_list("pk", "status"))


def day_counts(actor: Actor, start: dt.datetime, end: dt.datetime) -> tuple[int, int, int]:
    """Acts of the actor's teams in ``start <= occurred_at < end``, conflicts among them, calmed ones.

    As in reports, acts kept to their authors count: a number shows none of them.
    """
    acts = Intervention.objects.filter(organisation_id=actor.organisation_id, team_id__in=actor.team_ids)
    acts = acts.filter(occurred_at__gte=start, occurred_at__lt=end)
    assert actor.organisation_id is not None  # a day page belongs to a member
    conflict = has_value("L1", CONFLICT_REGISTERS, actor.organisation_id)
    rows = acts.annotate(conflict=conflict).values_list("conflict", "outcome")
    found = [(is_conflict, national(outcome) in CALMED) for is_conflict, outcome in rows]
    conflicts = [calmed for is_conflict, calmed in found if is_conflict]
    return len(found), len(conflicts), sum(conflicts)
