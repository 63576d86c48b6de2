"""Who may do what with members, teams and lists. Predicates on the actor; the target narrows them."""

import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import rules

from entremise.accounts.enums import Role
from entremise.core.actor import Actor


@dataclass(frozen=True)
class Offer:
    """What someone is invited to: roles and teams."""

    roles: frozenset[str]
    team_ids: frozenset[uuid.UUID]

    @classmethod
    def of(cls, roles: Iterable[str], team_ids: Iterable[uuid.UUID]) -> "Offer":
        """From any iterables."""
        return cls(frozenset(roles), frozenset(team_ids))


@rules.predicate
def is_supervisor(actor: Actor) -> bool:
    """Coordinates teams."""
    return actor.has_role(Role.ENCADRANT)


@rules.predicate
def is_administrator(actor: Actor) -> bool:
    """Runs the organisation's account."""
    return actor.has_role(Role.ADMINISTRATEUR)


@rules.predicate
def is_dpo(actor: Actor) -> bool:
    """Protects the organisation's data."""
    return actor.has_role(Role.DPD)


@rules.predicate
def is_auditor(actor: Actor) -> bool:
    """Reads, never writes."""
    return actor.has_role(Role.LECTEUR)


@rules.predicate
def has_organisation(actor: Actor) -> bool:
    """A person acting in an organisation."""
    return actor.member_id is not None


@rules.predicate
def is_setup(actor: Actor) -> bool:
    """The operator's command line, which makes the first team and the first administrator."""
    return actor.is_system


@rules.predicate
def is_own_membership(actor: Actor, member: Any) -> bool:
    """The membership the actor acts under."""
    return member is not None and member.pk == actor.member_id


@rules.predicate
def offers_own_teams_to_mediators(actor: Actor, offer: Any) -> bool:
    """Mediators, in teams the actor belongs to; without an offer, whether there is anything to offer."""
    if offer is None:
        return bool(actor.team_ids)
    return offer.roles == {Role.MEDIATEUR} and bool(offer.team_ids) and offer.team_ids <= actor.team_ids


rules.add_perm("accounts.use_own_account", has_organisation)
rules.add_perm("accounts.view_members", is_supervisor | is_administrator | is_dpo | is_auditor)
rules.add_perm("accounts.invite", is_administrator | is_setup | (is_supervisor & offers_own_teams_to_mediators))
rules.add_perm("accounts.manage_members", is_administrator | is_setup)
rules.add_perm("accounts.end_membership", is_administrator | is_own_membership)
rules.add_perm("accounts.view_teams", is_supervisor | is_administrator | is_dpo | is_auditor)
rules.add_perm("accounts.manage_teams", is_administrator | is_setup)
rules.add_perm("accounts.view_lists", is_supervisor | is_administrator | is_dpo | is_auditor)
rules.add_perm("accounts.manage_lists", is_administrator)
rules.add_perm("accounts.view_sensitive", is_dpo | is_administrator | is_auditor)
rules.add_perm("accounts.manage_sensitive", is_dpo)
