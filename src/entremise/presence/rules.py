"""Who may do what on the field. Predicates on an Actor; the target is a team's id or a row that has one."""

import uuid

import rules

from entremise.accounts.enums import Role
from entremise.core.actor import Actor


def _team_of(target: object) -> uuid.UUID | None:
    return target if isinstance(target, uuid.UUID) else getattr(target, "team_id", None)


@rules.predicate
def works_on_the_field(actor: Actor) -> bool:
    """Mediators and their coordinators; neither the administrator, nor the auditor, nor the officer."""
    return actor.member_id is not None and actor.has_role(Role.MEDIATEUR, Role.ENCADRANT)


@rules.predicate
def in_the_team(actor: Actor, target: object = None) -> bool:
    """Without a target, whoever has a team; else the members of that team."""
    return bool(actor.team_ids) if target is None else _team_of(target) in actor.team_ids


@rules.predicate
def in_the_organisation(actor: Actor, target: object = None) -> bool:
    """Without a target, everyone; else the members of the row's organisation."""
    return target is None or getattr(target, "organisation_id", None) == actor.organisation_id


@rules.predicate
def supervises(actor: Actor) -> bool:
    """Coordinators."""
    return actor.has_role(Role.ENCADRANT)


@rules.predicate
def belongs_somewhere(actor: Actor) -> bool:
    """Any member: the first page is everyone's, its log is not."""
    return actor.member_id is not None


rules.add_perm("presence.today", belongs_somewhere)
rules.add_perm("presence.view_log", works_on_the_field & in_the_team)
rules.add_perm("presence.work", works_on_the_field & in_the_team)
rules.add_perm("presence.plan", works_on_the_field & in_the_team)
rules.add_perm("presence.supervise_log", supervises & in_the_team)
rules.add_perm("presence.view_defects", works_on_the_field & in_the_organisation)
rules.add_perm("presence.manage_defects", works_on_the_field & in_the_organisation)
