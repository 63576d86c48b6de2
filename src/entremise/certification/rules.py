"""Who may do what. The certifier prepares and reads everything but a member's marks before the deliberation.

A member of the jury reads one session, theirs, while it lives. A candidate reads their own file; somebody who trained
or accompanied them, or works for the body that prepares them, reads how far they are, never a session. An auditor reads
sealed minutes, the registers and their seals: neither a grid, nor a file of a candidate.
"""

import rules

from entremise.accounts.enums import OrganisationKind, Role
from entremise.accounts.queries import organisation_kind
from entremise.core.actor import Actor


@rules.predicate
def manages(actor: Actor) -> bool:
    """The certifying body's own staff."""
    return actor.member_id is not None and actor.has_role(Role.CERTIFICATEUR)


@rules.predicate
def judges(actor: Actor) -> bool:
    """Sits in juries."""
    return actor.member_id is not None and actor.has_role(Role.JURY)


@rules.predicate
def trains(actor: Actor) -> bool:
    """Trains or accompanies candidates."""
    return actor.member_id is not None and actor.has_role(Role.FORMATEUR)


@rules.predicate
def is_candidate(actor: Actor) -> bool:
    """Prepares the certification."""
    return actor.member_id is not None and actor.has_role(Role.CANDIDAT)


@rules.predicate
def prepares(actor: Actor) -> bool:
    """Works for a body that prepares candidates."""
    return actor.member_id is not None and actor.has_role(Role.PREPARATEUR)


@rules.predicate
def audits(actor: Actor) -> bool:
    """Reads minutes, seals and registers of a certifying body; elsewhere there is nothing of the kind to read."""
    if actor.member_id is None or not actor.has_role(Role.LECTEUR):
        return False
    return organisation_kind(actor) == OrganisationKind.CERTIFICATEUR


@rules.predicate
def certifies(actor: Actor) -> bool:
    """Acts in a certifying body, whatever they do there."""
    return actor.member_id is not None and organisation_kind(actor) == OrganisationKind.CERTIFICATEUR


rules.add_perm("certification.manage", manages)
rules.add_perm("certification.examine", manages | judges)
rules.add_perm("certification.judge", judges)
rules.add_perm("certification.submit", is_candidate)
rules.add_perm("certification.follow", manages | trains | prepares | is_candidate)
rules.add_perm("certification.follow_others", manages | trains | prepares)
rules.add_perm("certification.follow_oneself", is_candidate & ~manages & ~trains & ~prepares)
rules.add_perm("certification.belong", certifies)
rules.add_perm("certification.audit", manages | audits)
