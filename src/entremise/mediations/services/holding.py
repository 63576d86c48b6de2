"""A case held for a write: locked until the end of the transaction, open to the actor, not closed."""

import uuid
from typing import Any

from entremise.core.actor import Actor
from entremise.core.db import get_one
from entremise.core.errors import FORM, InvalidInput, NotFound
from entremise.core.permissions import require
from entremise.journal.services import publish
from entremise.mediations.events import MediationWritten
from entremise.mediations.models import Case, Party
from entremise.mediations.queries.cases import refuse_shut

CLOSED = "Cette médiation est close : elle se lit, elle ne s’écrit plus."
WORDS = 20_000  # characters of a long text
LINE = 200


def held_case(actor: Actor, case_id: uuid.UUID, *, closed: bool = False) -> Case:
    """The case of one of its mediators. NotFound, NotAllowed, VaultShut; InvalidInput once closed, unless asked."""
    case = get_one(Case.objects.visible_to(actor).select_for_update().filter(pk=case_id))
    require(actor, "mediations.vault", case)
    refuse_shut(actor)
    if case.closed_at is not None and not closed:
        raise InvalidInput({FORM: [CLOSED]})
    return case


def held_party(case: Case, party_id: uuid.UUID | None) -> Party:
    """A party of this case; NotFound for any other."""
    party = Party.objects.filter(case=case, pk=party_id).select_related("person").first() if party_id else None
    if party is None:
        raise NotFound("party")
    return party


def written(actor: Actor, case: Case, what: str) -> None:
    """Leave the trace that something was written in the vault: what kind of thing, and no more."""
    publish(MediationWritten(actor=actor, target_id=case.pk, codes={"what": what}))


def row(case: Case, **values: Any) -> dict[str, Any]:
    """The owner of a new row of this case, and its values."""
    return {"organisation_id": case.organisation_id, "case": case, **values}
