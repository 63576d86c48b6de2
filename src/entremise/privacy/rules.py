"""Who may do what with a followed person. Pure predicates on an Actor and, where there is one, the person."""

from typing import Any

import rules

from entremise.accounts.enums import Role
from entremise.core.actor import Actor


@rules.predicate
def follows(actor: Actor, person: Any = None) -> bool:
    """Mediators and coordinators of the team that follows the person; without a person, of any team."""
    if not actor.has_role(Role.MEDIATEUR, Role.ENCADRANT) or not actor.team_ids:
        return False
    return person is None or (person.organisation_id == actor.organisation_id and person.team_id in actor.team_ids)


rules.add_perm("privacy.use_persons", follows)
