"""Who may do what with an act. Pure predicates on an Actor and, where there is one, the act.

An administrator, a data protection officer or an auditor reads no act: their work does not need it.
"""

from typing import Any

import rules

from entremise.accounts.enums import Role
from entremise.core.actor import Actor
from entremise.interventions.enums import Status, Visibility


def is_author(actor: Actor, act: Any) -> bool:
    """True for either of the two people who signed the act."""
    return actor.member_id is not None and actor.member_id in (act.author_id, act.second_author_id)


def in_team(actor: Actor, record: Any) -> bool:
    """True when the record belongs to one of the actor's teams, in the same organisation."""
    return actor.organisation_id == record.organisation_id and record.team_id in actor.team_ids


@rules.predicate
def can_record(actor: Actor) -> bool:
    """Mediators and coordinators who belong to a team note acts."""
    return actor.has_role(Role.MEDIATEUR, Role.ENCADRANT) and bool(actor.team_ids)


@rules.predicate
def can_list(actor: Actor) -> bool:
    """The list opens to those who may have acts in it."""
    return actor.has_role(Role.MEDIATEUR, Role.ENCADRANT)


@rules.predicate
def can_view(actor: Actor, act: Any) -> bool:
    """Authors always; the team and its coordinators according to the act's visibility."""
    if actor.organisation_id != act.organisation_id or not can_list(actor):
        return False
    if is_author(actor, act):
        return True
    if not in_team(actor, act) or act.visibility == Visibility.AUTEURS:
        return False
    return act.visibility == Visibility.EQUIPE or actor.has_role(Role.ENCADRANT)


@rules.predicate
def can_correct(actor: Actor, act: Any) -> bool:
    """Its authors, as long as nothing has locked it."""
    return can_view(actor, act) and is_author(actor, act) and act.locked_at is None


@rules.predicate
def can_supervise(actor: Actor, act: Any) -> bool:
    """A coordinator of the team, on an act they did not sign and that is not kept to its authors."""
    return (
        actor.has_role(Role.ENCADRANT)
        and in_team(actor, act)
        and act.visibility != Visibility.AUTEURS
        and not is_author(actor, act)
    )


@rules.predicate
def can_validate(actor: Actor, act: Any) -> bool:
    """Nobody validates their own act, nor one that waits for a correction."""
    return can_supervise(actor, act) and act.status == Status.A_VALIDER


@rules.predicate
def can_request_correction(actor: Actor, act: Any) -> bool:
    """The only way to reopen a validated or locked act."""
    return can_supervise(actor, act) and act.status != Status.A_CORRIGER


@rules.predicate
def can_lock(actor: Actor, act: Any) -> bool:
    """Freeze an act without validating it, for instance before figures are given."""
    return can_supervise(actor, act) and act.locked_at is None and act.status != Status.A_CORRIGER


@rules.predicate
def can_review(actor: Actor) -> bool:
    """The queue of acts to read again is the coordinator's."""
    return actor.has_role(Role.ENCADRANT) and bool(actor.team_ids)


@rules.predicate
def can_reread(actor: Actor, act: Any) -> bool:
    """A coordinator of the team decides what becomes of an act's words, their own acts included."""
    return actor.has_role(Role.ENCADRANT) and in_team(actor, act) and act.visibility != Visibility.AUTEURS


@rules.predicate
def can_view_history(actor: Actor, act: Any) -> bool:
    """Before and after, with their author: the act's authors and the team's coordinators."""
    return can_view(actor, act) and (is_author(actor, act) or actor.has_role(Role.ENCADRANT))


@rules.predicate
def can_use_thread(actor: Actor, thread: Any) -> bool:
    """The team's mediators and coordinators."""
    return can_record(actor) and in_team(actor, thread)


@rules.predicate
def can_read_parties(actor: Actor, act: Any) -> bool:
    """The reading of the parties is its mediators': they alone write it."""
    return can_view(actor, act) and is_author(actor, act)


@rules.predicate
def can_see_readings(actor: Actor, act: Any) -> bool:
    """Its mediators, and the coordinators of the team who may read the act."""
    return can_view(actor, act) and (is_author(actor, act) or actor.has_role(Role.ENCADRANT))


@rules.predicate
def can_merge(actor: Actor, pair: Any) -> bool:
    """Say what two near-identical acts are: an author of either, or a coordinator of the team, who reads both.

    What is locked stays as it is, and what is kept to its authors is told to nobody.
    """
    readable = all(
        can_view(actor, act) and in_team(actor, act) and act.locked_at is None and act.visibility != Visibility.AUTEURS
        for act in pair
    )
    return readable and (actor.has_role(Role.ENCADRANT) or any(is_author(actor, act) for act in pair))


for _name, _predicate in {
    "record": can_record,
    "list": can_list,
    "view": can_view,
    "correct": can_correct,
    "validate": can_validate,
    "request_correction": can_request_correction,
    "lock": can_lock,
    "review": can_review,
    "reread": can_reread,
    "merge": can_merge,
    "view_history": can_view_history,
    "use_thread": can_use_thread,
    "read_parties": can_read_parties,
    "see_readings": can_see_readings,
}.items():
    rules.add_perm(f"interventions.{_name}", _predicate)
