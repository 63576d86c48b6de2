"""Near-identical acts: one team, one place, one register, a few minutes apart, from two people or two devices.

Offered to people who may say whether they are one situation; nothing is ever merged alone.
"""

import uuid
from collections.abc import Iterable
from itertools import combinations

from entremise.core.actor import Actor
from entremise.core.errors import NotFound
from entremise.core.permissions import can
from entremise.core.time import now
from entremise.interventions.enums import Visibility
from entremise.interventions.models import DistinctActs, Intervention, InterventionCode, MergedAct
from entremise.interventions.presets import ASKED_FOR, SAME_SITUATION
from entremise.interventions.queries.lists import SEALED
from entremise.sync import queries as sync

MOST = 1000  # acts of a few days that are looked at

Pair = tuple[Intervention, Intervention]


def alike_of(actor: Actor, act: Intervention) -> list[Intervention]:
    """The acts that may tell the same situation as this one, for those who may say so; the nearest hour first."""
    if act.locked_at is not None or act.visibility == Visibility.AUTEURS:
        return []
    near = Intervention.objects.visible_to(actor).filter(
        team_id=act.team_id,
        site_id=act.site_id,
        visibility=act.visibility,
        locked_at=None,
        occurred_at__range=(act.occurred_at - SAME_SITUATION, act.occurred_at + SAME_SITUATION),
    )
    others = near.exclude(pk=act.pk).defer(*SEALED)[:20]
    found = [other for pair in _alike(actor, [(act, other) for other in others]) for other in pair if other != act]
    return sorted(found, key=lambda other: (abs(other.occurred_at - act.occurred_at), other.pk))


def recent_pairs(actor: Actor) -> list[Pair]:
    """The pairs of the last days that this actor may decide about, the oldest first (one query when there is none)."""
    acts = Intervention.objects.filter(
        organisation_id=actor.organisation_id,
        team_id__in=actor.team_ids,
        visibility__in=(Visibility.EQUIPE, Visibility.ENCADREMENT),
        locked_at=None,
        occurred_at__gte=now() - ASKED_FOR,
    )
    together: dict[tuple[uuid.UUID, uuid.UUID, str], list[Intervention]] = {}
    for act in acts.defer(*SEALED).order_by("occurred_at", "pk")[:MOST]:
        together.setdefault((act.team_id, act.site_id, act.visibility), []).append(act)
    close = [
        pair
        for group in together.values()
        for pair in combinations(group, 2)
        if pair[1].occurred_at - pair[0].occurred_at <= SAME_SITUATION and can(actor, "interventions.merge", pair)
    ]
    return _alike(actor, close)


def is_alike(actor: Actor, one: Intervention, other: Intervention) -> bool:
    """True when these two may be one situation, and nobody has said otherwise."""
    same = (one.team_id, one.site_id, one.visibility) == (other.team_id, other.site_id, other.visibility)
    close = abs(one.occurred_at - other.occurred_at) <= SAME_SITUATION
    return one.pk != other.pk and same and close and bool(_alike(actor, [(one, other)]))


def _alike(actor: Actor, pairs: list[Pair]) -> list[Pair]:
    """Those of these pairs that share a register, come from two people or two devices, and were not told apart."""
    pairs = [pair for pair in pairs if can(actor, "interventions.merge", pair)]
    if not pairs:
        return []
    acts = {act.pk for pair in pairs for act in pair}
    registers = _registers(acts)
    devices = sync.devices_of(actor.organisation_id, acts)
    apart = set(DistinctActs.objects.filter(second_id__in=acts).values_list("first_id", "second_id"))
    return [
        (one, other)
        for one, other in pairs
        if registers[one.pk] & registers[other.pk]
        and (one.author_id != other.author_id or devices.get(one.pk) != devices.get(other.pk))
        and ordered(one.pk, other.pk) not in apart
    ]


def _registers(act_ids: Iterable[uuid.UUID]) -> dict[uuid.UUID, set[str]]:
    found: dict[uuid.UUID, set[str]] = {act_id: set() for act_id in act_ids}
    rows = InterventionCode.objects.filter(intervention_id__in=list(found), list_reference="L1")
    for act_id, code in rows.values_list("intervention_id", "national"):
        found[act_id].add(code)
    return found


def ordered(one: uuid.UUID, other: uuid.UUID) -> tuple[uuid.UUID, uuid.UUID]:
    """A pair always written the same way, which is also the order in which its acts are locked."""
    return (one, other) if one < other else (other, one)


def standing_act(organisation_id: uuid.UUID, act_id: uuid.UUID) -> uuid.UUID:
    """The act that stands for this one: itself, or the one it was merged into."""
    merged = MergedAct.objects.filter(organisation_id=organisation_id, pk=act_id).values_list("kept_id", flat=True)
    return merged.first() or act_id


def merged_into(actor: Actor, act_id: uuid.UUID) -> uuid.UUID:
    """The act kept in place of a cancelled one, for those who may read it; NotFound otherwise."""
    kept = standing_act(actor.organisation_id, act_id)
    if kept == act_id or not Intervention.objects.visible_to(actor).filter(pk=kept).exists():
        raise NotFound("intervention")
    return kept
