"""Who may do what with a followed person. Pure predicates on an Actor and, where there is one, the person."""

from typing import Any

import rules

from entremise.accounts.enums import Role
from entremise.accounts.queries import has_dpo
from entremise.core.actor import Actor


@rules.predicate
def follows(actor: Actor, person: Any = None) -> bool:
    """Mediators and coordinators of the team that follows the person; without a person, of any team."""
    if not actor.has_role(Role.MEDIATEUR, Role.ENCADRANT) or not actor.team_ids:
        return False
    return person is None or (person.organisation_id == actor.organisation_id and person.team_id in actor.team_ids)


@rules.predicate
def runs_installation(actor: Actor) -> bool:
    """The operator's command line and the periodic work."""
    return actor.is_system


@rules.predicate
def oversees_backups(actor: Actor) -> bool:
    """Those who answer for the installation, and those who check it."""
    return actor.has_role(Role.ADMINISTRATEUR, Role.DPD, Role.LECTEUR)


@rules.predicate
def has_backups_mended(actor: Actor) -> bool:
    """Calls the operator when a backup is late."""
    return actor.member_id is not None and actor.has_role(Role.ADMINISTRATEUR)


@rules.predicate
def answers(actor: Actor) -> bool:
    """The data protection officer; while the organisation has none, its administrator."""
    if actor.has_role(Role.DPD):
        return True
    if not actor.has_role(Role.ADMINISTRATEUR):
        return False
    return not actor.once("accounts.has_dpo", lambda: has_dpo(actor.organisation_id))


@rules.predicate
def audits(actor: Actor) -> bool:
    """Reads the register, never the words."""
    return actor.has_role(Role.LECTEUR)


@rules.predicate
def meets_people(actor: Actor) -> bool:
    """May be asked something in the street."""
    return actor.member_id is not None and actor.has_role(Role.MEDIATEUR, Role.ENCADRANT)


rules.add_perm("privacy.use_persons", follows)
rules.add_perm("privacy.run_backups", runs_installation)
rules.add_perm("privacy.view_backups", oversees_backups)
rules.add_perm("privacy.follow_backups", has_backups_mended)
rules.add_perm("privacy.view_requests", answers | audits)
rules.add_perm("privacy.answer_requests", answers)
rules.add_perm("privacy.record_request", answers | meets_people)
rules.add_perm("privacy.passes_requests", meets_people & ~answers)
rules.add_perm("privacy.see_requests", answers | audits | meets_people)


@rules.predicate
def decides_retention(actor: Actor) -> bool:
    """The data protection officer decides durations, holds and suspended runs."""
    return actor.member_id is not None and actor.has_role(Role.DPD)


@rules.predicate
def reads_retention(actor: Actor) -> bool:
    """The officer, the administrator and the auditor read what is purged: counts, never a name."""
    return actor.member_id is not None and actor.has_role(Role.DPD, Role.ADMINISTRATEUR, Role.LECTEUR)


rules.add_perm("privacy.view_retention", reads_retention)
rules.add_perm("privacy.decide_retention", decides_retention)
