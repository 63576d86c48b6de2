"""Who may do what. The certifier prepares and reads everything but a member's marks before the deliberation.

A member of the jury reads one session, theirs, while it lives. A candidate reads their own file; somebody who trained
or accompanied them reads how far they are, never a session.
"""

from typing import Any

import rules

from entremise.accounts.enums import Role
from entremise.core.actor import Actor


@rules.predicate
def manages(actor: Actor, target: Any = None) -> bool:
    """The certifying body's own staff."""
    return actor.member_id is not None and actor.has_role(Role.CERTIFICATEUR)


@rules.predicate
def judges(actor: Actor, target: Any = None) -> bool:
    """Sits in juries."""
    return actor.member_id is not None and actor.has_role(Role.JURY)


@rules.predicate
def trains(actor: Actor, target: Any = None) -> bool:
    """Trains or accompanies candidates."""
    return actor.member_id is not None and actor.has_role(Role.FORMATEUR)


@rules.predicate
def is_candidate(actor: Actor, target: Any = None) -> bool:
    """Prepares the certification."""
    return actor.member_id is not None and actor.has_role(Role.CANDIDAT)


rules.add_perm("certification.manage", manages)
rules.add_perm("certification.examine", manages | judges)
rules.add_perm("certification.judge", judges)
rules.add_perm("certification.follow", manages | trains | is_candidate)
