"""Photos that an operation announced and that never came: said to those who can do something, then decided."""

import datetime as dt
import uuid

from django.db import transaction

from entremise.core.actor import Actor, system_actor
from entremise.core.time import now
from entremise.journal.services import publish
from entremise.sync import envelope
from entremise.sync.enums import SETTLED, MediaState, ParkReason
from entremise.sync.events import OperationParked, OperationTaken
from entremise.sync.models import MediaSlot, Receipt
from entremise.sync.queries.media import get_missing

AFTER = dt.timedelta(days=3)
_ROUND = 200  # slots looked at in one tick


def tell_missing() -> int:
    """Say of each record whose file has been awaited for three days that it is missing; how many. Run by the tick."""
    late = MediaSlot.objects.filter(
        state=MediaState.ATTENDU, expected_at__lt=now() - AFTER, receipt__status__in=SETTLED, receipt__replaced_by=None
    )
    return sum(_tell(slot_id) for slot_id in late.order_by("expected_at").values_list("pk", flat=True)[:_ROUND])


@transaction.atomic
def _tell(slot_id: uuid.UUID) -> bool:
    slot = MediaSlot.objects.select_for_update(of=("self",)).select_related("receipt").get(pk=slot_id)
    if slot.state != MediaState.ATTENDU:  # it came meanwhile
        return False
    slot.state = MediaState.MANQUANT
    slot.save(update_fields=["state"])
    _answer(slot.receipt)
    codes = {"reason": str(ParkReason.MEDIA), "schema": slot.receipt.schema}
    actor = system_actor(slot.organisation_id)
    publish(OperationParked(actor=actor, target_id=slot.receipt.operation_id, codes=codes))
    return True


@transaction.atomic
def let_go(*, actor: Actor, slot_id: uuid.UUID) -> None:
    """The record stays without this file; one that would still come is not taken. NotFound for somebody else's."""
    _decide(actor, slot_id, MediaState.SANS, "without")


@transaction.atomic
def wait_on(*, actor: Actor, slot_id: uuid.UUID) -> None:
    """The phone will still be found: three more days before it is said again. NotFound for somebody else's."""
    _decide(actor, slot_id, MediaState.ATTENDU, "wait")


def _decide(actor: Actor, slot_id: uuid.UUID, state: MediaState, decision: str) -> None:
    slot = (
        MediaSlot.objects.select_for_update(of=("self",))
        .select_related("receipt")
        .get(pk=get_missing(actor, slot_id).pk)
    )
    if slot.state not in (MediaState.MANQUANT, MediaState.REFUSE):
        return
    slot.state, slot.expected_at = state, now()
    slot.save(update_fields=["state", "expected_at"])
    _answer(slot.receipt)
    codes = {"decision": decision, "reason": str(ParkReason.MEDIA)}
    publish(OperationTaken(actor=actor, target_id=slot.receipt.operation_id, codes=codes))


def _answer(receipt: Receipt) -> None:
    """What the phone is told: the record is kept, a file of its is missing or no longer is."""
    if not receipt.answer:
        return
    told = dict(envelope.loads(receipt.answer))
    told.pop("reason", None)
    if receipt.slots.filter(state=MediaState.MANQUANT).exists():
        told["reason"] = str(ParkReason.MEDIA)
    receipt.answer, receipt.news_since = envelope.canonical(told), now()
    receipt.save(update_fields=["answer", "news_since"])


def came(slot: MediaSlot) -> None:
    """A file said to be missing has come after all: the phone is told that nothing is."""
    _answer(slot.receipt)
