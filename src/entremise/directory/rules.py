"""Who may see, check and change the directory: predicates on the actor."""

import rules

from entremise.accounts.enums import Role
from entremise.core.actor import Actor


@rules.predicate
def is_member(actor: Actor) -> bool:
    """Any member with a role reads the directory."""
    return bool(actor.roles) and actor.organisation_id is not None


@rules.predicate
def works_with_partners(actor: Actor) -> bool:
    """Those who call partners may say that a sheet is still right."""
    roles = (Role.MEDIATEUR, Role.ENCADRANT, Role.ADMINISTRATEUR)
    return actor.organisation_id is not None and actor.has_role(*roles)


@rules.predicate
def manages_directory(actor: Actor) -> bool:
    """Supervisors and administrators keep the directory."""
    return actor.organisation_id is not None and actor.has_role(Role.ENCADRANT, Role.ADMINISTRATEUR)


rules.add_perm("directory.view", is_member)
rules.add_perm("directory.check", works_with_partners)
rules.add_perm("directory.manage", manages_directory)
