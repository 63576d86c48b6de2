"""What people decide about operations: compare, correct, take up again, leave aside."""

import uuid
from collections.abc import Mapping
from typing import Any

from django.db import transaction

from entremise import __version__
from entremise.core.actor import Actor, system_actor
from entremise.core.errors import FORM, InvalidInput, NotAllowed, NotFound
from entremise.core.time import now
from entremise.journal.services import publish
from entremise.sync import envelope
from entremise.sync.enums import SETTLED, ConflictState, OperationStatus, ParkReason
from entremise.sync.events import ConflictResolved, OperationTaken
from entremise.sync.models import Conflict, Receipt, Stray
from entremise.sync.queries.operations import (
    comparison_of,
    get_conflict,
    get_own_operation,
    get_stray,
    get_supervised_operation,
)
from entremise.sync.registry import Kind, Refused
from entremise.sync.services.locks import hold
from entremise.sync.services.memory import Memory
from entremise.sync.services.receiving import release
from entremise.sync.services.settling import settle

SERVER, PHONE, TEXT = "server", "phone", "text"
MOVED = "Cette fiche a encore changé depuis que vous avez ouvert la page. Relisez les versions, puis choisissez."
GONE = "L’auteur ne peut plus écrire sur cette fiche : gardez la version du serveur."
LOCKED = "Cette fiche est validée ou verrouillée : demandez d’abord sa correction, ou gardez la version du serveur."
NOTHING = "Corrigez au moins un des champs signalés."


@transaction.atomic
def resolve_conflict(
    *, actor: Actor, conflict_id: uuid.UUID, choices: Mapping[str, str], texts: Mapping[str, str], seen: str
) -> Conflict:
    """Choose, field by field, the server's version, the phone's, or (its author alone) a text that joins both.

    Written by the service of the record, with its history. ``seen`` is the digest of the versions that were shown.
    Raises InvalidInput (a field, or the form as a whole), NotFound, NotAllowed.
    """
    conflict = get_conflict(actor, conflict_id)
    hold(conflict.receipt.device_id, conflict.entity_id)
    conflict = Conflict.objects.select_for_update(of=("self",)).select_related("receipt").get(pk=conflict.pk)
    if conflict.state != ConflictState.OUVERT:
        return conflict
    shown = comparison_of(actor, conflict)
    if shown.digest != seen:
        raise InvalidInput({FORM: [MOVED]})
    is_author = conflict.receipt.member_id == actor.member_id
    values: dict[str, Any] = {}
    errors: dict[str, list[str]] = {}
    for line in shown.lines:
        choice = choices.get(line.name, "")
        if choice == PHONE:
            values[line.name] = line.phone
        elif choice == TEXT and line.is_text and is_author:
            values[line.name] = texts.get(line.name, "")
        elif choice != SERVER:
            errors[line.name] = ["Choisissez une des deux versions."]
    if errors:
        raise InvalidInput(errors)
    _write(actor, shown.kind, conflict, values, is_author=is_author)
    conflict.state, conflict.resolved_at, conflict.resolved_by_id = ConflictState.RESOLU, now(), actor.member_id
    conflict.choices = {line.name: choices[line.name] for line in shown.lines}
    conflict.save(update_fields=["state", "resolved_at", "resolved_by", "choices"])
    codes = {"fields": sorted(conflict.choices), "choices": sorted(set(conflict.choices.values()))}
    publish(ConflictResolved(actor=actor, target_id=conflict.pk, codes=codes))
    return conflict


def _write(actor: Actor, kind: Kind, conflict: Conflict, values: Mapping[str, Any], *, is_author: bool) -> None:
    """As the author: the words are theirs, whoever chose between them."""
    if not values:
        return
    author = actor if is_author else Memory(actor).author(conflict.receipt.member_id)
    if author is None or kind.resolve is None:
        raise InvalidInput({FORM: [GONE]})
    try:
        kind.resolve(author, conflict.entity_id, values)
    except Refused:
        raise InvalidInput({FORM: [LOCKED]})
    except (NotAllowed, NotFound):
        raise InvalidInput({FORM: [GONE]})


def correct_rejected(*, actor: Actor, operation_id: uuid.UUID, changes: Mapping[str, Any]) -> Receipt:
    """Apply a refused operation with the fields its author has just corrected; the stored answer becomes the new one.

    Raises InvalidInput with what is still wrong, NotFound when it is not one's own.
    """
    receipt = get_own_operation(actor, operation_id)
    if receipt.status in SETTLED or receipt.replaced_by is not None:
        return receipt
    if not changes:
        raise InvalidInput({FORM: [NOTHING]})
    done = _settle_again(actor, receipt.pk, (OperationStatus.REFUSEE,), changes=changes)
    if done.status == OperationStatus.REFUSEE:
        raise InvalidInput(envelope.loads(done.answer).get("errors") or {FORM: [NOTHING]})
    return done


def retry_operation(*, actor: Actor, operation_id: uuid.UUID) -> Receipt:
    """Take up again an operation kept aside: a right given back, a newer server, a phone that its owner had lost."""
    receipt = get_supervised_operation(actor, operation_id)
    codes = {"decision": "retry", "reason": str(receipt.reason)}
    done = _settle_again(actor, receipt.pk, (OperationStatus.MISE_DE_COTE, OperationStatus.EN_ATTENTE), accepted=True)
    with transaction.atomic():
        publish(OperationTaken(actor=actor, target_id=receipt.operation_id, codes=codes))
    return done


@transaction.atomic
def _settle_again(
    actor: Actor,
    receipt_id: uuid.UUID,
    allowed: tuple[OperationStatus, ...],
    *,
    accepted: bool = False,
    changes: Mapping[str, Any] | None = None,
) -> Receipt:
    memory = Memory(actor)
    found = Receipt.objects.get(pk=receipt_id)
    hold(found.device_id, found.entity_id)
    receipt = Receipt.objects.select_for_update(of=("self",)).select_related("device").get(pk=receipt_id)
    if receipt.status not in allowed or not receipt.envelope:
        return receipt
    sealed = envelope.parse(envelope.loads(receipt.envelope))
    settle(receipt, sealed, receipt.device, memory, accepted=accepted, changes=changes)
    if receipt.status in SETTLED:
        release(memory, [receipt.operation_id])
    return receipt


@transaction.atomic
def leave_aside(*, actor: Actor, operation_id: uuid.UUID) -> None:
    """Say that nothing more is to be done about an operation, or a parcel, kept aside. It is kept all the same."""
    stray = get_stray(actor, operation_id)
    target: Receipt | Stray = stray or get_supervised_operation(actor, operation_id)
    if target.taken_by_id is None:
        target.taken_by_id = actor.member_id
        target.save(update_fields=["taken_by"])
        identifier = target.pk if isinstance(target, Stray) else target.operation_id
        codes = {"decision": "aside", "reason": str(target.reason)}
        publish(OperationTaken(actor=actor, target_id=identifier, codes=codes))


def retry_after_upgrade() -> int:
    """Take up what an older server could not read, or failed on; run by the tick. How many are now applied."""
    waiting = Receipt.objects.filter(
        status=OperationStatus.MISE_DE_COTE,
        reason__in=(ParkReason.SCHEMA_INCONNU, ParkReason.PANNE),
        taken_by=None,
        replaced_by=None,
    )
    done = 0
    for receipt in waiting.exclude(envelope="").exclude(tried_with=__version__).order_by("received_at")[:200]:
        actor = system_actor(receipt.organisation_id)
        done += _settle_again(actor, receipt.pk, (OperationStatus.MISE_DE_COTE,)).status in SETTLED
    return done
