"""Which key seals what is written."""

import uuid

from entremise.core.crypto import Scope
from entremise.keys.services import organisation_scope, person_scope


def scope_of(organisation_id: uuid.UUID, person_id: uuid.UUID | None) -> Scope:
    """The followed person's own key, so that erasing them erases these words; the organisation's without a person."""
    return person_scope(person_id) if person_id else organisation_scope(organisation_id)
