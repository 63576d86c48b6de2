"""Opening a case, moving it, closing it."""

import uuid

from django.db import transaction

from entremise.accounts.queries import choices_for, get_team
from entremise.core.actor import Actor
from entremise.core.errors import FORM, InvalidInput, NotFound
from entremise.core.permissions import require
from entremise.core.time import now, today
from entremise.interventions.queries import get_intervention
from entremise.journal.services import publish
from entremise.mediations import process
from entremise.mediations.commands import OpenCase, PartyFacts
from entremise.mediations.enums import Ground, LinkKind, Outcome, PartyKind, Stage
from entremise.mediations.events import MediationClosed, MediationOpened, StageMoved
from entremise.mediations.models import Case, CaseMediator, FollowUp, StageMove
from entremise.mediations.queries.process import facts_of
from entremise.mediations.services.holding import LINE, WORDS, held_case, row
from entremise.mediations.services.parties import add_party
from entremise.privacy.services.texts import clean


@transaction.atomic
def open_case(*, actor: Actor, command: OpenCase) -> Case:
    """Open a mediation on a saisine; whoever opens it is its first mediator. Sent twice, it is opened once.

    From an act that the actor may read (NotFound otherwise), its parties come with the words they are known by.
    """
    require(actor, "mediations.open")
    known = Case.objects.open_to(actor).filter(pk=command.id).first()
    if known is not None:
        return known
    asked_by, subject = clean(command.asked_by), clean(command.subject)
    _check_opening(actor, command, asked_by, subject)
    act = get_intervention(actor, command.act_id) if command.act_id else None
    assert actor.member_id is not None  # who opens a case belongs to a team
    case = Case.objects.create(
        pk=command.id,
        organisation_id=actor.organisation_id,
        team_id=command.team_id,
        act=act,
        from_act=act is not None,
        origin=command.origin,
        asked_on=command.asked_on,
        asked_by=asked_by,
        subject=subject,
        moved_at=now(),
        opened_at=now(),
        opened_by_id=actor.member_id,
    )
    _enter_first(case)
    publish(MediationOpened(actor=actor, target_id=case.pk, codes={"origin": case.origin, "from_act": case.from_act}))
    for words in (command.side_a, command.side_b):
        if clean(words):
            add_party(actor=actor, case_id=case.pk, facts=PartyFacts(kind=PartyKind.PERSONNE, label=words))
    return case


def _enter_first(case: Case) -> None:
    """Who opens a case names, confirms and enters themselves, tied to nobody."""
    CaseMediator.objects.create(
        organisation_id=case.organisation_id,
        case=case,
        member_id=case.opened_by_id,
        named_by_id=case.opened_by_id,
        confirmed_by_id=case.opened_by_id,
        confirmed_at=now(),
        declared_at=now(),
        link=LinkKind.AUCUN,
        entered_at=now(),
    )


def _check_opening(actor: Actor, command: OpenCase, asked_by: str, subject: str) -> None:
    errors: dict[str, list[str]] = {}
    if command.team_id not in actor.team_ids or get_team(actor, command.team_id) is None:
        raise NotFound("team")
    if Case.objects.filter(pk=command.id).exists():
        raise NotFound("mediation")
    if command.origin not in dict(choices_for(actor.organisation_id, "L2")["L2"].offered):
        errors["origin"] = ["Choisissez par qui la demande est arrivée."]
    if command.asked_on > today():
        errors["asked_on"] = ["Une demande ne se reçoit pas dans l’avenir : vérifiez la date."]
    if not subject:
        errors["subject"] = ["Dites en quelques mots ce que la personne demande."]
    elif len(subject) > WORDS:
        errors["subject"] = [f"Raccourcissez ce texte : {WORDS} caractères au plus."]
    lines = {"asked_by": asked_by, "side_a": clean(command.side_a), "side_b": clean(command.side_b)}
    for name, text in lines.items():
        if len(text) > LINE:
            errors[name] = [f"Raccourcissez : {LINE} caractères au plus."]
    if errors:
        raise InvalidInput(errors)


@transaction.atomic
def accept_case(*, actor: Actor, case_id: uuid.UUID, nothing_forbids: bool) -> Case:
    """Say, at the stage made for it, that each ground was looked at and that none forbids the mediation."""
    case = held_case(actor, case_id)
    if case.stage != Stage.RECEVABILITE:
        raise InvalidInput({FORM: ["La recevabilité se décide à son étape."]})
    if not nothing_forbids:
        raise InvalidInput({"nothing_forbids": ["Relisez chaque motif ; cochez cette case si aucun n’est présent."]})
    if case.accepted_on is None:
        case.accepted_on = today()
        case.save(update_fields=["accepted_on"])
        publish(StageMoved(actor=actor, target_id=case.pk, codes={"accepted": True}))
    return case


@transaction.atomic
def move_case(*, actor: Actor, case_id: uuid.UUID, target: str) -> Case:
    """Go forward when nothing is missing, or back. InvalidInput says what is missing."""
    case = held_case(actor, case_id)
    if target not in Stage.values:
        raise InvalidInput({"target": ["Choisissez une étape."]})
    missing = process.refusals(Stage(case.stage), Stage(target), facts_of(case))
    if missing:
        raise InvalidInput({"target": missing})
    step(actor, case, Stage(target))
    return case


def step(actor: Actor, case: Case, target: Stage) -> None:
    """Write the move; the caller has checked it and holds the case."""
    source = Stage(case.stage)
    skipped = process.passed_over(source, target) if process.is_forward(source, target) else []
    assert actor.member_id is not None
    StageMove.objects.create(
        **row(case, source=source, target=target, passed_over=skipped, at=now(), by_id=actor.member_id)
    )
    case.stage, case.moved_at = target, now()
    if target in process.MEDIATED and case.engaged_on is None:
        case.engaged_on = today()
    if target in process.ORDER[: process.ORDER.index(Stage.CONTACT)]:
        case.accepted_on = None  # looked at again: it must be said again
    case.save(update_fields=["stage", "moved_at", "engaged_on", "accepted_on"])
    codes = {"from": source.value, "to": target.value, "passed_over": [one.value for one in skipped]}
    publish(StageMoved(actor=actor, target_id=case.pk, codes=codes))


@transaction.atomic
def close_case(*, actor: Actor, case_id: uuid.UUID, outcome: str) -> Case:
    """Close with one of the outcomes that this stage allows."""
    case = held_case(actor, case_id)
    allowed = process.endings(Stage(case.stage), facts_of(case))
    if outcome not in allowed:
        raise InvalidInput({"outcome": ["Cette issue n’est pas possible à cette étape : choisissez-en une autre."]})
    if Outcome(outcome) in process.AGREED and case.agreed_on is None:
        raise InvalidInput({"outcome": ["Aucun accord n’a été conclu."]})
    end(actor, case, Outcome(outcome))
    return case


@transaction.atomic
def forbid_case(*, actor: Actor, case_id: uuid.UUID, ground: str) -> Case:
    """Stop at once: something forbids mediating. The ground is sealed; nobody else ever reads it."""
    case = held_case(actor, case_id)
    if ground not in Ground.values:
        raise InvalidInput({"ground": ["Choisissez ce qui interdit la médiation."]})
    case.ground = ground
    end(actor, case, process.outcome_of_ground(Ground(ground)))
    return case


def end(actor: Actor, case: Case, outcome: Outcome) -> None:
    """Write the closing; the caller has checked it and holds the case."""
    source = Stage(case.stage)
    assert actor.member_id is not None
    StageMove.objects.create(**row(case, source=source, target=Stage.CLOTURE, at=now(), by_id=actor.member_id))
    case.stage, case.moved_at, case.closed_at = Stage.CLOTURE, now(), now()
    case.outcome, case.exact_outcome = process.shown(outcome), outcome
    case.save()
    FollowUp.objects.filter(case=case, done_on=None).delete()
    publish(MediationClosed(actor=actor, target_id=case.pk, codes={"from": source.value, "outcome": case.outcome}))
