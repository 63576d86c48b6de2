"""Two overlapping rounds of one team, shown side by side, become one when someone chooses so."""

import uuid

from django.db import transaction

from entremise.core.actor import Actor
from entremise.core.errors import FORM, InvalidInput
from entremise.core.permissions import require
from entremise.core.time import now
from entremise.journal.services import publish
from entremise.presence.enums import COUNTED_STATUSES, LogKind, RoundStatus
from entremise.presence.events import RoundsMerged
from entremise.presence.models import Defect, LogEntry, Observation, Round, RoundMember
from entremise.presence.queries.rounds import get_round, people_of
from entremise.presence.services.closing import round_minutes
from entremise.presence.services.rounds import ROUND, tell_people


@transaction.atomic
def merge_rounds(
    *, actor: Actor, keep_id: uuid.UUID, absorb_id: uuid.UUID, add_contacts: bool = True, widest_hours: bool = True
) -> Round:
    """Pour one round into another of the same team; nothing is deleted.

    ``add_contacts``: the stops of the absorbed round move to the kept one (they counted different
    people); otherwise they stay with the absorbed round, which figures no longer read. ``widest_hours``:
    from the earlier start to the later end; otherwise those of the kept round. Observations and
    defects follow in both cases. Upper modules that point at the absorbed round subscribe to
    ``RoundsMerged``. Raises InvalidInput when the two cannot be one.
    """
    require(actor, "presence.work")
    keep, absorb = _both(actor, keep_id, absorb_id)
    if add_contacts:
        absorb.stops.update(round=keep)
    Observation.objects.filter(round=absorb).update(round=keep)
    Defect.objects.filter(round=absorb).update(round=keep)
    people = people_of([keep, absorb])
    newcomers = [member for member in people[absorb.pk] if member not in people[keep.pk]]
    RoundMember.objects.bulk_create([RoundMember(round=keep, member_id=member) for member in newcomers])
    if widest_hours:
        _widen(keep, absorb)
    absorb.status, absorb.merged_into = RoundStatus.REUNIE, keep
    absorb.save(update_fields=["status", "merged_into"])
    _withdraw_service_lines(absorb)
    tell_people(actor, keep)
    publish(RoundsMerged(actor=actor, target_id=keep.pk, codes={"absorbed": str(absorb.pk), "stops": add_contacts}))
    return keep


def _both(actor: Actor, keep_id: uuid.UUID, absorb_id: uuid.UUID) -> tuple[Round, Round]:
    for round_id in sorted({keep_id, absorb_id}):  # always locked in the same order
        found = get_round(actor, round_id)
        Round.objects.select_for_update(of=("self",)).get(pk=found.pk)
    keep, absorb = get_round(actor, keep_id), get_round(actor, absorb_id)
    if keep.pk == absorb.pk or keep.team_id != absorb.team_id:
        raise InvalidInput({FORM: ["Choisissez deux tournées différentes de la même équipe."]})
    if keep.status not in COUNTED_STATUSES or absorb.status not in COUNTED_STATUSES:
        raise InvalidInput({FORM: ["Une de ces tournées n’a pas commencé, ou est déjà réunie à une autre."]})
    if not _overlap(keep, absorb):
        raise InvalidInput({FORM: ["Ces deux tournées ne se chevauchent pas : elles restent distinctes."]})
    return keep, absorb


def _overlap(one: Round, other: Round) -> bool:
    assert one.started_at  # both have begun
    assert other.started_at
    return one.started_at < (other.ended_at or now()) and other.started_at < (one.ended_at or now())


def _widen(keep: Round, absorb: Round) -> None:
    assert keep.started_at
    assert absorb.started_at
    keep.started_at = keep.begins_at = min(keep.started_at, absorb.started_at)
    if keep.ended_at and absorb.ended_at:
        keep.ended_at = max(keep.ended_at, absorb.ended_at)
        keep.minutes = round_minutes(keep.started_at, keep.ended_at)
    elif keep.ended_at:  # the other one is still out: so is the whole
        keep.ended_at, keep.minutes, keep.status = None, None, RoundStatus.OUVERTE
    keep.save(update_fields=["started_at", "begins_at", "ended_at", "minutes", "status"])


def _withdraw_service_lines(absorb: Round) -> None:
    lines = LogEntry.objects.filter(subject_id=absorb.pk, subject_type=ROUND, withdrawn_at=None)
    for line in lines.exclude(kind=LogKind.CONSIGNE):
        line.withdrawn_at, line.revision = now(), line.revision + 1
        line.save(update_fields=["withdrawn_at", "revision"])
