"""Two near-identical acts, shown side by side, become one when someone says so; or stay two, and that is kept too."""

import json
import uuid

from django.db import transaction

from entremise.core.actor import Actor
from entremise.core.errors import FORM, Conflict, InvalidInput
from entremise.core.permissions import require
from entremise.interventions.events import InterventionsKeptApart, InterventionsMerged
from entremise.interventions.models import DistinctActs, Intervention, MergedAct, PartyReading, ReturnVisit
from entremise.interventions.presets import LOG_SUBJECT
from entremise.interventions.queries.alike import is_alike, ordered
from entremise.interventions.queries.content import Changes, content_of, differences
from entremise.interventions.queries.history import MERGED
from entremise.interventions.queries.lists import get_intervention
from entremise.interventions.services import log
from entremise.interventions.services.correct import locked_act
from entremise.interventions.services.sealing import reseal_act
from entremise.interventions.services.writing import remember
from entremise.journal.services import publish
from entremise.presence.services import withdraw_log_entry
from entremise.privacy import queries as privacy

NOT_ALIKE = (
    "Ces deux interventions ne sont pas au même lieu, au même moment et dans un même registre : elles restent deux."
)
THREE = "Ces deux fiches ont plus de deux auteurs, et une fiche en porte deux au plus : gardez les deux."
TWO_THREADS = "Ces deux fiches sont dans deux fils différents : sortez d’abord l’une des deux de son fil."
HELD = "Une de ces fiches est gelée pour une procédure : elle reste telle quelle jusqu’à la levée du gel."


@transaction.atomic
def merge_acts(*, actor: Actor, keep_id: uuid.UUID, absorb_id: uuid.UUID, seen: tuple[int, int]) -> Intervention:
    """Keep one of two acts that tell the same situation, and cancel the other; this is final.

    The one kept has its own fields, and both authors. What the other said, and its history, join the history of the one
    kept, sealed with it; its identifier leads there. ``seen`` are the versions that were read, in the same order. Sent
    twice, it is done once. Raises NotFound, NotAllowed, Conflict (one has changed), InvalidInput.
    """
    if MergedAct.objects.filter(pk=absorb_id, kept_id=keep_id, organisation_id=actor.organisation_id).exists():
        return get_intervention(actor, keep_id)
    acts = {act_id: locked_act(actor, act_id) for act_id in ordered(keep_id, absorb_id)}
    keep, absorb = acts[keep_id], acts[absorb_id]
    require(actor, "interventions.merge", (keep, absorb))
    if (keep.version, absorb.version) != seen:
        raise Conflict("an act changed since it was read")
    second = _second_author(keep, absorb)
    _check(actor, keep, absorb)
    _share_thread(keep, absorb)
    changes = differences(content_of(absorb), content_of(keep))
    if second != keep.second_author_id:
        changes["second_author_id"] = (str(keep.second_author_id or "") or None, str(second))
        keep.second_author_id = second
    _bring_together(keep, absorb)
    marks = remember(keep, actor, {MERGED: (absorb.reference, keep.reference), **changes})
    keep.save()
    _cancel(actor, keep, absorb)
    log.update(actor, keep, content_of(keep))
    codes = {"absorbed": str(absorb_id), "version": keep.version}
    publish(InterventionsMerged(actor=actor, target_id=keep.pk, codes=codes, changes=marks))
    return keep


def _second_author(keep: Intervention, absorb: Intervention) -> uuid.UUID | None:
    authors = {keep.author_id, keep.second_author_id, absorb.author_id, absorb.second_author_id} - {None}
    if len(authors) > 2:
        raise InvalidInput({FORM: [THREE]})
    return next(iter(authors - {keep.author_id}), None)


def _check(actor: Actor, keep: Intervention, absorb: Intervention) -> None:
    errors = []
    if not is_alike(actor, keep, absorb):
        errors.append(NOT_ALIKE)
    if keep.thread_id and absorb.thread_id and keep.thread_id != absorb.thread_id:
        errors.append(TWO_THREADS)
    if privacy.are_held([keep.pk, absorb.pk]):
        errors.append(HELD)
    if errors:
        raise InvalidInput({FORM: errors})


def _share_thread(keep: Intervention, absorb: Intervention) -> None:
    """The thread of either is that of both: their words are then under one key."""
    thread = keep.thread or absorb.thread
    for act in (keep, absorb):
        act.thread = thread
        act.save(update_fields=["thread"])
        reseal_act(act, thread.person_id if thread else None)


def _bring_together(keep: Intervention, absorb: Intervention) -> None:
    """The history of the other, its return visit and the readings of the parties, where the one kept has none."""
    for revision in absorb.revisions.order_by("version"):
        keep.version += 1
        changes: Changes = json.loads(revision.changes or "{}")
        revision.changes = json.dumps({MERGED: (absorb.reference, keep.reference), **changes}, ensure_ascii=False)
        revision.intervention, revision.version = keep, keep.version
        revision.save()
    if not ReturnVisit.objects.filter(act=keep).exists():
        ReturnVisit.objects.filter(act=absorb).update(act=keep)
    read = PartyReading.objects.filter(act=keep).values("party")
    PartyReading.objects.filter(act=absorb).exclude(party__in=list(read.values_list("party", flat=True))).update(
        act=keep
    )


def _cancel(actor: Actor, keep: Intervention, absorb: Intervention) -> None:
    assert actor.member_id is not None  # the rule asks for an author or a coordinator
    MergedAct.objects.filter(kept=absorb).update(kept=keep)
    MergedAct.objects.create(
        pk=absorb.pk,
        organisation_id=absorb.organisation_id,
        kept=keep,
        reference=absorb.reference,
        author_id=absorb.author_id,
        recorded_at=absorb.recorded_at,
        merged_by_id=actor.member_id,
    )
    withdraw_log_entry(actor=actor, subject_type=LOG_SUBJECT, subject_id=absorb.pk)
    Intervention.objects.get(pk=absorb.pk).delete()


@transaction.atomic
def keep_apart(*, actor: Actor, act_id: uuid.UUID, other_id: uuid.UUID) -> None:
    """Say that two near-identical acts are two situations: nobody is asked again. Twice changes nothing."""
    one, other = (locked_act(actor, identifier) for identifier in ordered(act_id, other_id))
    require(actor, "interventions.merge", (one, other))
    if one.pk == other.pk:
        raise InvalidInput({FORM: [NOT_ALIKE]})
    assert actor.member_id is not None  # the rule asks for an author or a coordinator
    facts = {"organisation_id": one.organisation_id, "decided_by_id": actor.member_id}
    _, is_new = DistinctActs.objects.get_or_create(first=one, second=other, defaults=facts)
    if is_new:
        publish(InterventionsKeptApart(actor=actor, target_id=one.pk, codes={"other": str(other.pk)}))
