"""Who may send, who may see phones and what waits. Predicates on an Actor."""

from typing import Any

import rules

from entremise.accounts.enums import Role
from entremise.core.actor import Actor


@rules.predicate
def belongs(actor: Actor) -> bool:
    """Any member: what they carry is its author's, not theirs."""
    return actor.member_id is not None


@rules.predicate
def writes(actor: Actor) -> bool:
    """Mediators and coordinators write on a phone."""
    return actor.member_id is not None and actor.has_role(Role.MEDIATEUR, Role.ENCADRANT)


@rules.predicate
def supervises(actor: Actor) -> bool:
    """Coordinators follow the phones of the people they coordinate."""
    return actor.has_role(Role.ENCADRANT) and bool(actor.team_ids)


@rules.predicate
def administers(actor: Actor) -> bool:
    """The administrator sees phones by function, and revokes them."""
    return actor.has_role(Role.ADMINISTRATEUR)


@rules.predicate
def owns(actor: Actor, device: Any) -> bool:
    """The member who writes on it."""
    return device is not None and device.member_id == actor.member_id


rules.add_perm("sync.carry", belongs)
rules.add_perm("sync.enrol", writes)
rules.add_perm("sync.own_devices", belongs)
rules.add_perm("sync.revoke", owns | administers | supervises)
rules.add_perm("sync.view_devices", administers)
rules.add_perm("sync.supervise", supervises)
