"""Who may do what. A sheet has one reader, its author; a meeting, those who sit in it.

No role opens either: neither coordinator, nor administrator, nor data protection officer, nor auditor. What managers
may know is that groups meet: dates and hours.
"""

from collections.abc import Set as AbstractSet

import rules

from entremise.accounts.enums import Role
from entremise.core.actor import Actor

WATCHING = frozenset({Role.ENCADRANT, Role.ADMINISTRATEUR, Role.DPD, Role.LECTEUR})


def may_sit(roles: AbstractSet[str]) -> bool:
    """Mediators who hold no role above: in front of one's own manager nobody speaks freely."""
    return Role.MEDIATEUR in roles and not WATCHING & set(roles)


@rules.predicate
def is_person(actor: Actor) -> bool:
    """Anyone signed in keeps their own sheets: they follow the person, whatever role is held where."""
    return actor.user_id is not None and actor.member_id is not None


@rules.predicate
def sits_in_groups(actor: Actor) -> bool:
    """Convenes meetings, is invited to them."""
    return actor.member_id is not None and may_sit(actor.roles)


@rules.predicate
def counts_meetings(actor: Actor) -> bool:
    """Sees that groups meet, when and how long: it is working time."""
    return actor.member_id is not None and actor.has_role(Role.ENCADRANT, Role.ADMINISTRATEUR)


rules.add_perm("practice.keep_sheets", is_person)
rules.add_perm("practice.keep_portfolio", is_person)
rules.add_perm("practice.meet", sits_in_groups)
rules.add_perm("practice.count_meetings", counts_meetings)
