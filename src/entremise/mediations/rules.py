"""Who may do what with a mediation. Pure predicates on an Actor and, where there is one, the case.

The vault opens to the case's mediators and to no other role. A case carries ``mediator_ids``: the memberships whose
vault is open (see ``queries.cases``), so that no predicate asks the database.
"""

from typing import Any

import rules

from entremise.accounts.enums import Role
from entremise.core.actor import Actor


@rules.predicate
def can_use(actor: Actor) -> bool:
    """Mediators and coordinators who belong to a team."""
    return actor.has_role(Role.MEDIATEUR, Role.ENCADRANT) and bool(actor.team_ids)


@rules.predicate
def can_open(actor: Actor) -> bool:
    """A mediator opens a mediation and becomes its first mediator."""
    return actor.has_role(Role.MEDIATEUR) and bool(actor.team_ids)


@rules.predicate
def is_mediator_of(actor: Actor, case: Any) -> bool:
    """One of those whose vault is open, whatever other role they hold."""
    return actor.organisation_id == case.organisation_id and actor.member_id in case.mediator_ids


@rules.predicate
def supervises(actor: Actor, case: Any) -> bool:
    """A coordinator of the team: stage and dates, never the vault."""
    same = actor.organisation_id == case.organisation_id and case.team_id in actor.team_ids
    return same and actor.has_role(Role.ENCADRANT)


@rules.predicate
def can_follow(actor: Actor, case: Any) -> bool:
    """Sees the stage and the dates."""
    return is_mediator_of(actor, case) or supervises(actor, case)


@rules.predicate
def can_count(actor: Actor) -> bool:
    """Reads the figures of the teams: those who answer for the work."""
    return actor.has_role(Role.ENCADRANT) and bool(actor.team_ids)


@rules.predicate
def can_confirm(actor: Actor) -> bool:
    """May be the second person of a succession: another coordinator, the administrator, the protection officer."""
    return actor.member_id is not None and actor.has_role(Role.ENCADRANT, Role.ADMINISTRATEUR, Role.DPD)


for _name, _predicate in {
    "use": can_use,
    "open": can_open,
    "vault": is_mediator_of,
    "supervise": supervises,
    "follow": can_follow,
    "count": can_count,
    "confirm": can_confirm,
}.items():
    rules.add_perm(f"mediations.{_name}", _predicate)
