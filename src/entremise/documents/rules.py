"""Who may do what with generated files: each member with their own, nobody with another's."""

import rules

from entremise.core.actor import Actor


@rules.predicate
def is_member(actor: Actor) -> bool:
    """Acts as a member of an organisation (the list itself asks for its own permission besides)."""
    return actor.member_id is not None


rules.add_perm("documents.own_exports", is_member)
