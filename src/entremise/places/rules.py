"""Who may see and who may change places: predicates on the actor."""

import rules

from entremise.accounts.enums import Role
from entremise.core.actor import Actor


@rules.predicate
def is_member(actor: Actor) -> bool:
    """Any member with a role sees the places of the organisation."""
    return bool(actor.roles) and actor.organisation_id is not None


@rules.predicate
def manages_places(actor: Actor) -> bool:
    """Supervisors and administrators keep the list of places."""
    return actor.organisation_id is not None and actor.has_role(Role.ENCADRANT, Role.ADMINISTRATEUR)


rules.add_perm("places.view", is_member)
rules.add_perm("places.manage", manages_places)
