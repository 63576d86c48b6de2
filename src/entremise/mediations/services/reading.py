"""Opening the vault leaves a trace: who, when, which case."""

import uuid

from django.db import transaction

from entremise.core.actor import Actor
from entremise.journal.services import publish
from entremise.mediations.events import MediationRead
from entremise.mediations.models import Case
from entremise.mediations.queries.cases import get_vault


@transaction.atomic
def read_vault(*, actor: Actor, case_id: uuid.UUID, what: str) -> Case:
    """A case with what was confided; ``what`` says which part was opened. NotFound, NotAllowed, VaultShut."""
    case = get_vault(actor, case_id)
    publish(MediationRead(actor=actor, target_id=case.pk, codes={"what": what}))
    return case
