"""One's own acts, for what their author may choose to show elsewhere: codes, never more than the national ones."""

import datetime as dt
import uuid
from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Q, QuerySet

from entremise.core.actor import Actor
from entremise.core.errors import NotFound
from entremise.core.nomenclature import national
from entremise.core.time import day_bounds, local
from entremise.interventions.models import Intervention, InterventionCode
from entremise.interventions.queries.content import content_of
from entremise.interventions.queries.lists import get_intervention
from entremise.interventions.rules import is_author
from entremise.places.queries import site_names

SPACE, OUTCOME = "L4", "L18"
_LISTS = (
    ("L1", "registers"),
    ("L10", "demands"),
    ("L11", "themes"),
    ("L13", "conflict_objects"),
    ("L17", "actions"),
)
Trait = tuple[str, str]  # (list, national code)


@dataclass(frozen=True)
class OwnAct:
    """An act as one of its authors reads it again. ``words`` are empty when they belong to a followed person."""

    id: uuid.UUID
    reference: str
    day: dt.date
    place: str
    traits: tuple[Trait, ...]
    words: str


def own_act(actor: Actor, act_id: uuid.UUID) -> OwnAct:
    """One act the actor signed; NotFound for any other, whatever the role."""
    act = get_intervention(actor, act_id)
    if not is_author(actor, act):
        raise NotFound("intervention")
    content = content_of(act)
    traits = [(reference, national(code)) for reference, name in _LISTS for code in getattr(content, name)]
    traits += [(SPACE, act.site.space_type), (OUTCOME, national(act.outcome))]
    words = "" if act.sealed_for else "\n".join(filter(None, (act.party_a, act.party_b, act.narrative)))
    place = site_names([act.site_id]).get(act.site_id, "")
    day = local(act.occurred_at).date()
    return OwnAct(act.pk, act.reference, day, place, tuple(dict.fromkeys(traits)), words)


def own_acts(
    actor: Actor, *, start: dt.date | None = None, end: dt.date | None = None, traits: Sequence[Trait] = ()
) -> QuerySet[Intervention]:
    """The acts the actor signed from a day (included) to another (left out), that have every one of these traits."""
    acts = Intervention.objects.signed_by(actor)
    if start is not None:
        acts = acts.filter(occurred_at__gte=day_bounds(start)[0])
    if end is not None:
        acts = acts.filter(occurred_at__lt=day_bounds(end)[0])
    for reference, code in traits:
        acts = acts.filter(_has(reference, code))
    return acts


def _has(reference: str, code: str) -> Q | Exists:
    if reference == SPACE:
        return Q(site__space_type=code)
    if reference == OUTCOME:
        return Q(outcome=code) | Q(outcome__startswith=f"{code}.")
    rows = InterventionCode.objects.filter(intervention=OuterRef("pk"), list_reference=reference, national=code)
    return Exists(rows)
