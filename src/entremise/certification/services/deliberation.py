"""What each member saw, alone; then what the jury decides together."""

import uuid

from django.db import transaction

from entremise.certification import deciding
from entremise.certification.commands import MarkFacts, ResultFacts
from entremise.certification.composition import president_of
from entremise.certification.enums import Attendance, Level, Outcome, SeatState, SessionState
from entremise.certification.events import MarksGiven, ResultDecided
from entremise.certification.models import BlockResult, ExamSession, Mark, Seat, Sitting
from entremise.certification.queries import sessions as queries
from entremise.certification.services.sessions import move, require_jury, require_presence, require_state
from entremise.certification.services.texts import WORDS, check_lengths, clean
from entremise.competences.queries import record_facts
from entremise.core.actor import Actor
from entremise.core.errors import FORM, InvalidInput, NotAllowed
from entremise.core.time import now
from entremise.journal.services import publish


@transaction.atomic
def give_marks(*, actor: Actor, session_id: uuid.UUID, sitting_id: uuid.UUID, facts: MarkFacts) -> Mark:
    """A member marks a candidate's block, alone, or corrects their own grid until the deliberation begins."""
    session, seat = seated(actor, session_id)
    require_state(session, SessionState.OPEN)
    sitting = queries.get_sitting(session, sitting_id)
    if seat.state != SeatState.PRESENT or sitting.attendance != Attendance.PRESENT:
        raise InvalidInput({FORM: ["Ce passage ne se note pas : le membre ou le candidat n’y était pas."]})
    if (seat.juror_id, sitting.candidate_id) in queries.aside_of(session):
        raise InvalidInput({FORM: ["Un lien avec ce candidat vous écarte de son passage."]})
    block = record_facts(session.record_code).block(sitting.block_code)
    asked = [one.code for one in block.competences] if block else []
    comment = clean(facts.comment)
    check_lengths({"comment": (comment, WORDS)})
    errors = {code: ["Dites ce que vous avez vu."] for code in asked if facts.levels.get(code) not in Level.values}
    if facts.verdict not in Outcome.values:
        errors["verdict"] = ["Donnez votre avis sur le bloc."]
    if errors:
        raise InvalidInput(errors)
    mark = Mark.objects.select_for_update().filter(seat=seat, sitting=sitting).first()
    mark = mark or Mark(seat=seat, sitting=sitting)
    mark.sitting = sitting
    mark.levels = {code: facts.levels[code] for code in asked}
    mark.verdict, mark.comment, mark.marked_at = facts.verdict, comment, now()
    mark.save()
    publish(MarksGiven(actor=actor, target_id=session.pk, codes={"block": sitting.block_code}))
    return mark


@transaction.atomic
def begin_deliberation(*, actor: Actor, session_id: uuid.UUID) -> ExamSession:
    """The president closes the grids: everyone has marked everyone, the jury is asked again."""
    session = presided(actor, session_id, SessionState.OPEN)
    waited = queries.marks_awaited(session)
    if waited:
        count = len({seat.pk for seat, _ in waited})
        raise InvalidInput({FORM: [f"{len(waited)} grilles manquent encore, de {count} membres du jury."]})
    require_jury(actor, session)
    require_presence(session)
    return move(actor, session, SessionState.DELIBERATING)


@transaction.atomic
def decide(*, actor: Actor, session_id: uuid.UUID, sitting_id: uuid.UUID, facts: ResultFacts) -> BlockResult:
    """The president writes what the jury decided of a block.

    A result that is not what the voices said is possible, deliberation is for that, and then says why. A block not
    acquired always says why, and what to do next.
    """
    session = presided(actor, session_id, SessionState.DELIBERATING)
    sitting = queries.get_sitting(session, sitting_id)
    if sitting.attendance != Attendance.PRESENT:
        raise InvalidInput({FORM: ["Ce candidat n’était pas là : le procès-verbal le dira, sans résultat."]})
    reason, advice = clean(facts.reason), clean(facts.advice)
    check_lengths({"reason": (reason, WORDS), "advice": (advice, WORDS)})
    said = proposed_for(session, sitting)
    errors: dict[str, list[str]] = {}
    if facts.outcome not in Outcome.values:
        errors["outcome"] = ["Choisissez le résultat du bloc."]
    elif facts.outcome == Outcome.NOT_ACQUIRED and not advice:
        errors["advice"] = ["Dites au candidat ce qu’il peut travailler, et comment se représenter."]
    if facts.outcome in Outcome.values and not reason and facts.outcome != said:
        errors["reason"] = ["Les voix ne disaient pas cela : écrivez comment le jury s’est accordé."]
    elif facts.outcome == Outcome.NOT_ACQUIRED and not reason:
        errors["reason"] = ["Un bloc non acquis se motive."]
    if errors:
        raise InvalidInput(errors)
    assert actor.member_id is not None
    result = BlockResult.objects.select_for_update().filter(sitting=sitting).first() or BlockResult(sitting=sitting)
    result.sitting = sitting
    result.outcome, result.proposed, result.reason, result.advice = facts.outcome, said or "", reason, advice
    result.decided_by_id, result.decided_at = actor.member_id, now()
    result.save()
    codes = {"block": sitting.block_code, "outcome": facts.outcome, "as_voiced": facts.outcome == said}
    publish(ResultDecided(actor=actor, target_id=session.pk, codes=codes))
    return result


def proposed_for(session: ExamSession, sitting: Sitting) -> Outcome | None:
    """What the voices of those who sit say of a block; None when they are tied."""
    marks = queries.marks_of(sitting)
    present = [seat for seat in queries.sitting_seats(session) if seat.state == SeatState.PRESENT]
    president = president_of(queries.seats_asked(session), queries.as_sitters(present))
    voice = next((mark.verdict for mark in marks if mark.seat.juror_id == president), None)
    return deciding.proposed([mark.verdict for mark in marks], voice, session.tie_break)


def seated(actor: Actor, session_id: uuid.UUID) -> tuple[ExamSession, Seat]:
    """The session, locked, and the actor's place in its jury; NotAllowed for who does not judge."""
    found = queries.get_session(actor, session_id)
    session = ExamSession.objects.select_for_update().get(pk=found.pk)
    seat = queries.own_seat(actor, session)
    if seat is None:
        raise NotAllowed("certification.judge")
    return session, seat


def presided(actor: Actor, session_id: uuid.UUID, state: SessionState) -> ExamSession:
    """The session, locked, in this state, for the president of its jury alone."""
    session, seat = seated(actor, session_id)
    if seat.juror_id != president_of(queries.seats_asked(session), queries.as_sitters(queries.sitting_seats(session))):
        raise NotAllowed("certification.judge")
    require_state(session, state)
    return session
