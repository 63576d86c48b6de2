"""Who reads records: whoever is signed in. They are public; a certifier takes them from the register and confirms."""

import rules

from entremise.accounts.enums import Role
from entremise.core.actor import Actor


@rules.predicate
def is_member(actor: Actor) -> bool:
    """Any member, whatever the role: a record tells the trade to all who work around it."""
    return actor.organisation_id is not None and bool(actor.roles)


@rules.predicate
def is_installation(actor: Actor) -> bool:
    """The operator's command line, and the demonstration."""
    return actor.is_system


@rules.predicate
def certifies(actor: Actor) -> bool:
    """The certifying body's own staff."""
    return actor.member_id is not None and actor.has_role(Role.CERTIFICATEUR)


rules.add_perm("competences.view", is_member)
rules.add_perm("competences.load", is_installation)
rules.add_perm("competences.prepare", certifies)
rules.add_perm("competences.keep", is_installation | certifies)
