"""Who carries the notebook: those who go out."""

import rules

from entremise.accounts.enums import Role
from entremise.core.actor import Actor


@rules.predicate
def goes_out(actor: Actor) -> bool:
    """Mediators and coordinators who belong to a team."""
    return actor.has_role(Role.MEDIATEUR, Role.ENCADRANT) and bool(actor.team_ids)


rules.add_perm("notebook.use", goes_out)
