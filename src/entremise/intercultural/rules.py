"""Who shows cards, and who says that a translation is right."""

import rules

from entremise.accounts.enums import Role
from entremise.core.actor import Actor


@rules.predicate
def is_member(actor: Actor) -> bool:
    """Cards hold nothing about anyone: every member may show them."""
    return actor.organisation_id is not None and bool(actor.roles)


@rules.predicate
def keeps_cards(actor: Actor) -> bool:
    """Supervisors and administrators review translations and put recorded voices."""
    return actor.organisation_id is not None and actor.has_role(Role.ENCADRANT, Role.ADMINISTRATEUR)


rules.add_perm("intercultural.show_cards", is_member)
rules.add_perm("intercultural.review_cards", keeps_cards)
