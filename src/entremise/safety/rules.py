"""Who may do what for the team's safety. Pure predicates on an Actor; which alerts are whose is in ``visible_to``."""

from typing import Any

import rules

from entremise.accounts.enums import Role
from entremise.core.actor import Actor


@rules.predicate
def goes_out(actor: Actor) -> bool:
    """Mediators and coordinators who belong to a team: those an alert or a timer may concern."""
    return actor.member_id is not None and actor.has_role(Role.MEDIATEUR, Role.ENCADRANT) and bool(actor.team_ids)


@rules.predicate
def may_be_called(actor: Actor) -> bool:
    """Any member: the on-call chain may name a director or a permanent officer; they see what called them."""
    return actor.member_id is not None


@rules.predicate
def sets_the_chain(actor: Actor) -> bool:
    """Coordinators and administrators say who is called, and after how long."""
    return actor.has_role(Role.ENCADRANT, Role.ADMINISTRATEUR)


rules.add_perm("safety.alert", goes_out)
rules.add_perm("safety.answer", may_be_called)
rules.add_perm("safety.set_chain", sets_the_chain)


@rules.predicate
def may_read_sheets(actor: Actor) -> bool:
    """Those of the field; which sheets are whose is in ``visible_to``."""
    return actor.member_id is not None and actor.has_role(Role.MEDIATEUR, Role.ENCADRANT)


@rules.predicate
def supervises(actor: Actor, target: Any = None) -> bool:
    """A coordinator of the row's team."""
    return actor.has_role(Role.ENCADRANT) and getattr(target, "team_id", None) in actor.team_ids


@rules.predicate
def counts(actor: Actor) -> bool:
    """The employer's counts: coordinators for their teams, administrators for the organisation."""
    return actor.has_role(Role.ENCADRANT, Role.ADMINISTRATEUR)


rules.add_perm("safety.read_sheets", may_read_sheets)
rules.add_perm("safety.supervise", supervises)
rules.add_perm("safety.count", counts)
