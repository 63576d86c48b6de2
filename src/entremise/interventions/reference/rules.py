"""Who reads the references, verifies a number, records or reads a refused request."""

import rules

from entremise.accounts.enums import Role
from entremise.core.actor import Actor


@rules.predicate
def is_member(actor: Actor | None) -> bool:
    """Numbers, cards and Charter open to every member."""
    return actor is not None and actor.organisation_id is not None


@rules.predicate
def verifies_numbers(actor: Actor | None) -> bool:
    """Coordinators and administrators say that a number answers."""
    return actor is not None and is_member(actor) and actor.has_role(Role.ENCADRANT, Role.ADMINISTRATEUR)


@rules.predicate
def records_refusals(actor: Actor | None) -> bool:
    """Those who receive such requests: mediators and coordinators."""
    return actor is not None and is_member(actor) and actor.has_role(Role.MEDIATEUR, Role.ENCADRANT)


@rules.predicate
def counts_refusals(actor: Actor | None) -> bool:
    """Coordinators and auditors read the totals; an auditor reads nothing else."""
    return actor is not None and is_member(actor) and actor.has_role(Role.ENCADRANT, Role.LECTEUR)


@rules.predicate
def opens_refusals(actor: Actor | None) -> bool:
    """The page of refused requests: a list, the totals, or both."""
    return records_refusals(actor) or counts_refusals(actor)


rules.add_perm("interventions.view_reference", is_member)
rules.add_perm("interventions.check_number", verifies_numbers)
rules.add_perm("interventions.record_refusal", records_refusals)
rules.add_perm("interventions.count_refusals", counts_refusals)
rules.add_perm("interventions.open_refusals", opens_refusals)
