"""Exceptions to confidentiality: danger to someone. Asked by a mediator, decided with the supervisor, kept.

Calling for help never waits for this: the call comes first, and is noted afterwards.
"""

import uuid

from django.db import transaction

from entremise.core.actor import Actor
from entremise.core.db import get_one
from entremise.core.errors import InvalidInput, NotAllowed
from entremise.core.permissions import require
from entremise.core.time import now
from entremise.journal.services import publish
from entremise.mediations.enums import Decision, DisclosureGround, Recipient
from entremise.mediations.events import ConfidentialityAsked
from entremise.mediations.models import Disclosure
from entremise.mediations.queries.cases import get_case
from entremise.mediations.services.holding import WORDS, held_case, row
from entremise.privacy.services.texts import clean


@transaction.atomic
def ask_disclosure(
    *, actor: Actor, case_id: uuid.UUID, ground: str, recipient: str, words: str, called_first: bool
) -> Disclosure:
    """Say what would be told, to whom, on what ground; the supervisor reads these words and no others."""
    case = held_case(actor, case_id, closed=True)
    words, errors = clean(words), {}
    if ground not in DisclosureGround.values:
        errors["ground"] = ["Choisissez le fondement."]
    if recipient not in Recipient.values:
        errors["recipient"] = ["Choisissez à qui."]
    if not words:
        errors["words"] = ["Écrivez ce qui serait dit, et rien de plus."]
    elif len(words) > WORDS:
        errors["words"] = [f"Raccourcissez : {WORDS} caractères au plus."]
    if errors:
        raise InvalidInput(errors)
    assert actor.member_id is not None
    asked = Disclosure.objects.create(
        **row(
            case,
            ground=ground,
            recipient=recipient,
            words=words,
            called_first=called_first,
            asked_by_id=actor.member_id,
            asked_at=now(),
        )
    )
    publish(ConfidentialityAsked(actor=actor, target_id=case.pk, codes={"step": "asked", "id": str(asked.pk)}))
    return asked


@transaction.atomic
def decide_disclosure(*, actor: Actor, case_id: uuid.UUID, disclosure_id: uuid.UUID, decision: str) -> Disclosure:
    """The supervisor's part of the decision. Nobody decides what they asked; decided once, it stays."""
    case = get_case(actor, case_id)
    require(actor, "mediations.supervise", case)
    asked = get_one(Disclosure.objects.select_for_update().filter(case=case, pk=disclosure_id))
    if asked.asked_by_id == actor.member_id:
        raise NotAllowed("mediations.supervise")
    if decision not in Decision.values:
        raise InvalidInput({"decision": ["Choisissez ce qui est décidé."]})
    if asked.decision:
        return asked
    asked.decision, asked.decided_by_id, asked.decided_at = decision, actor.member_id, now()
    asked.save(update_fields=["decision", "decided_by", "decided_at"])
    publish(ConfidentialityAsked(actor=actor, target_id=case.pk, codes={"step": "decided", "id": str(asked.pk)}))
    return asked
