"""What a certifier decides where the record leaves it to."""

from collections.abc import Mapping, Sequence

from django.db import transaction

from entremise.competences.events import CorrespondencesDecided, RouteDecided
from entremise.competences.models import Correspondence, RouteDecision
from entremise.competences.queries.decisions import inferred_route
from entremise.competences.queries.records import get_record
from entremise.core.actor import Actor
from entremise.core.errors import FORM, InvalidInput
from entremise.core.permissions import require
from entremise.core.time import now
from entremise.journal.services import publish


@transaction.atomic
def decide_route(*, actor: Actor, record_code: str, route: str, is_confirmed: bool) -> RouteDecision:
    """Answer, today, whether a route given as closed by inference is. Either way nobody comes by it."""
    found = inferred_route(actor, record_code, route)
    decision = RouteDecision.objects.create(
        organisation_id=actor.organisation_id,
        record_code=found.record.code,
        route=found.code,
        is_confirmed=is_confirmed,
        decided_by_id=actor.member_id,
    )
    codes = {"record": found.record.code, "route": found.code, "confirmed": is_confirmed}
    publish(RouteDecided(actor=actor, target_id=decision.pk, codes=codes))
    return decision


@transaction.atomic
def decide_correspondences(
    *, actor: Actor, newer_code: str, older_code: str, pairs: Mapping[str, Sequence[str]]
) -> list[Correspondence]:
    """Which blocks of the older record, all together, count for each block of the newer; none for those left empty.

    What was certified before stays; what was not yet is counted anew.
    """
    require(actor, "competences.prepare")
    newer, older = get_record(actor, newer_code), get_record(actor, older_code)
    if newer.pk == older.pk:
        raise InvalidInput({FORM: ["Choisissez deux fiches différentes."]})
    old, new = ({block.code for block in record.blocks.all()} for record in (older, newer))
    if not set(pairs) <= new or any(not set(codes) <= old for codes in pairs.values()):
        raise InvalidInput({FORM: ["Un de ces blocs n’est pas de ces fiches : rien n’a été enregistré."]})
    house = Correspondence.objects.visible_to(actor).select_for_update()
    house.filter(record_code=newer.code, from_record=older.code).delete()
    decided = [
        Correspondence(
            organisation_id=actor.organisation_id,
            record_code=newer.code,
            block_code=code,
            from_record=older.code,
            from_blocks=sorted(set(codes)),
            decided_at=now(),
            decided_by_id=actor.member_id,
        )
        for code, codes in pairs.items()
        if codes
    ]
    Correspondence.objects.bulk_create(decided)
    told = {"record": newer.code, "from": older.code, "blocks": len(decided)}
    publish(CorrespondencesDecided(actor=actor, target_id=newer.pk, codes=told))
    return decided
