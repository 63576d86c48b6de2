"""The history of a fiche: what a correction replaced, kept sealed with the person."""

import json
from typing import Any

from entremise.core.actor import Actor
from entremise.privacy.models import Person, PersonRevision


def remember(actor: Actor, person: Person, before: dict[str, Any], after: dict[str, Any]) -> None:
    """Keep before and after of the fields that changed, under the version the fiche now has."""
    changes = {name: [before[name], after[name]] for name in after if before[name] != after[name]}
    assert actor.member_id is not None  # who corrects a fiche belongs to a team
    PersonRevision.objects.create(
        organisation_id=person.organisation_id,
        person=person,
        version=person.version,
        author_id=actor.member_id,
        changes=json.dumps(changes, default=str, ensure_ascii=False),
    )
