"""Who reads records: whoever is signed in. They are public; nobody writes them by hand."""

import rules

from entremise.core.actor import Actor


@rules.predicate
def is_member(actor: Actor) -> bool:
    """Any member, whatever the role: a record tells the trade to all who work around it."""
    return actor.organisation_id is not None and bool(actor.roles)


@rules.predicate
def is_installation(actor: Actor) -> bool:
    """The operator's command line, and the demonstration."""
    return actor.is_system


rules.add_perm("competences.view", is_member)
rules.add_perm("competences.load", is_installation)
