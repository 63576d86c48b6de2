"""Links between juries and candidates: declared, taken back, and what follows for the sessions under way.

A member who steps back and a certifier who notes a link write the same row. What follows depends on how the session
reads links: the member leaves its jury, or stands aside for that candidate alone.
"""

import uuid
from collections.abc import Collection

from django.db import transaction

from entremise.certification.commands import TieFacts
from entremise.certification.enums import JURY_CHANGES, SeatState, SessionState, TieKind
from entremise.certification.events import CandidateChanged, MemberRecused, SessionChanged, TieDeclared, TieTakenBack
from entremise.certification.models import BlockResult, Candidate, ExamSession, Juror, Seat, Tie
from entremise.certification.queries import sessions as queries
from entremise.certification.services.candidates import TYING, held_candidate
from entremise.certification.services.sessions import held_session, move
from entremise.certification.services.texts import LINE, check_lengths, line
from entremise.core.actor import Actor
from entremise.core.db import get_one
from entremise.core.errors import FORM, InvalidInput, NotAllowed, NotFound
from entremise.core.permissions import can, require
from entremise.core.time import now
from entremise.journal.services import publish

_DECIDED = (SessionState.DELIBERATING, SessionState.SIGNING)
_SEALED = "Le procès-verbal est scellé : le jury ne change plus. Un lien appris après se note sur la page du membre."


@transaction.atomic
def declare_tie(*, actor: Actor, facts: TieFacts) -> Tie:
    """The certifier notes a link between a member of the roster and a candidate, for every session not sealed yet.

    Said about one session, both must be there, and its minutes not sealed. Nobody is taken out of a jury by this: the
    jury may not sit as it is until the member is replaced, or the link taken back.
    """
    require(actor, "certification.manage")
    juror = get_one(Juror.objects.visible_to(actor).filter(pk=facts.juror_id))
    if facts.session_id is not None:
        session = held_session(actor, facts.session_id, *SessionState)
        _check_open(session)
        get_one(Seat.objects.filter(session=session, juror=juror))
        _check_passes(session, facts.candidate_id)
    candidate = held_candidate(actor, facts.candidate_id)
    return _write(actor, juror, candidate, facts.kind, facts.reason)


@transaction.atomic
def take_back_tie(*, actor: Actor, tie_id: uuid.UUID, reason: str) -> Tie:
    """A link noted by mistake, or that is no more, keeps nobody out from now on; nothing of it is erased.

    A member who left a jury because of it does not come back to that session.
    """
    require(actor, "certification.manage")
    tie = get_one(Tie.objects.visible_to(actor).select_for_update().filter(pk=tie_id))
    if tie.taken_back_at is not None:
        raise InvalidInput({FORM: ["Ce lien est déjà retiré."]})
    kept = line(reason)
    check_lengths({"reason": (kept, LINE)})
    if not kept:
        raise InvalidInput({"reason": ["Dites en une ligne pourquoi ce lien est retiré."]})
    tie.taken_back_for, tie.taken_back_at, tie.taken_back_by_id = kept, now(), actor.member_id
    tie.save()
    publish(TieTakenBack(actor=actor, target_id=tie.juror_id, codes={"kind": tie.kind, "tie": str(tie.pk)}))
    _decide_anew(actor, tie.candidate_id, {tie.juror_id})
    return tie


@transaction.atomic
def recuse(
    *,
    actor: Actor,
    session_id: uuid.UUID,
    seat_id: uuid.UUID,
    kind: str = "",
    candidate_id: uuid.UUID | None = None,
    reason: str = "",
) -> Seat:
    """A member steps back, with the link they declare, if any: the member themselves, or the certifier.

    They leave the jury, and what they wrote counts no more; it decides nothing until a substitute sits. Where links
    are read candidate by candidate, a link makes them stand aside for that candidate and they stay for the others.
    """
    session = queries.get_session(actor, session_id)
    session = ExamSession.objects.select_for_update().get(pk=session.pk)
    seat = get_one(Seat.objects.filter(session=session, pk=seat_id).exclude(state=SeatState.RECUSED))
    own = queries.own_seat(actor, session)
    if (own is None or own.pk != seat.pk) and not can(actor, "certification.manage"):
        raise NotAllowed("certification.manage")
    _check_open(session)
    if candidate_id is None and kind:
        raise InvalidInput({"candidate_id": ["Choisissez le candidat que ce lien concerne."]})
    if candidate_id is not None:
        _check_passes(session, candidate_id)
        candidate = get_one(Candidate.objects.select_for_update().filter(pk=candidate_id))
        if not session.strict_ties:
            _write(actor, seat.juror, candidate, kind, reason)
            return seat
        if not _is_standing(seat.juror, candidate, kind):  # the certifier may have noted it before
            _write(actor, seat.juror, candidate, kind, reason)
            session.refresh_from_db()
    return _leave(actor, session, seat, told=candidate_id is not None)


def _leave(actor: Actor, session: ExamSession, seat: Seat, *, told: bool) -> Seat:
    if session.state == SessionState.PREPARING and not told:
        seat.delete()  # named by mistake: nobody was told yet
        publish(SessionChanged(actor=actor, target_id=session.pk, codes={"what": "jury", "kind": seat.kind}))
        return seat
    seat.state = SeatState.RECUSED
    seat.save(update_fields=["state"])
    if session.state == SessionState.SIGNING:
        move(actor, session, SessionState.DELIBERATING)
    publish(MemberRecused(actor=actor, target_id=session.pk, codes={"kind": seat.kind}))
    return seat


def _check_open(session: ExamSession) -> None:
    if session.state == SessionState.CANCELLED:
        raise InvalidInput({FORM: ["La session est annulée : son jury ne siège pas."]})
    if session.state not in JURY_CHANGES:
        raise InvalidInput({FORM: [_SEALED]})


def _check_passes(session: ExamSession, candidate_id: uuid.UUID) -> None:
    if candidate_id not in queries.candidate_ids(session):
        raise NotFound("candidate")


def _is_standing(juror: Juror, candidate: Candidate, kind: str) -> bool:
    return Tie.objects.filter(juror=juror, candidate=candidate, kind=kind, taken_back_at=None).exists()


def _write(actor: Actor, juror: Juror, candidate: Candidate, kind: str, reason: str) -> Tie:
    """Write a link; the caller locked the candidate, so that the same one is not written twice at once."""
    if kind not in TieKind.values:
        raise InvalidInput({"kind": ["Choisissez ce qui les lie."]})
    kept = line(reason)
    check_lengths({"reason": (kept, LINE)})
    if kind == TieKind.OTHER and not kept:
        raise InvalidInput({"reason": ["Dites en une ligne de quel lien il s’agit."]})
    if _is_standing(juror, candidate, kind):
        raise InvalidInput({"kind": ["Ce lien est déjà déclaré."]})
    tie = Tie(juror=juror, candidate=candidate, kind=kind, reason=kept, declared_by_id=actor.member_id)
    tie.save(force_insert=True)
    publish(TieDeclared(actor=actor, target_id=juror.pk, codes={"kind": kind, "tie": str(tie.pk)}))
    _decide_anew(actor, tie.candidate_id, {tie.juror_id})
    return tie


def file_changed(event: CandidateChanged) -> None:
    """A trainer, a host or an employer entered late in a file ties present members as a declared link does."""
    if event.codes["what"] not in TYING:
        return
    present = Seat.objects.filter(state=SeatState.PRESENT, session__state__in=_DECIDED)
    seats = present.filter(session__sittings__candidate_id=event.target_id).select_related("juror").distinct()
    if not seats:
        return
    links = queries.links_between([seat.juror for seat in seats], [event.target_id])
    _decide_anew(event.actor, event.target_id, {link.juror_id for link in links})


def _decide_anew(actor: Actor, candidate_id: uuid.UUID, jurors: Collection[uuid.UUID]) -> None:
    """What the jury decided of this candidate rested on other voices: it decides again, after missing grids if any."""
    seats = Seat.objects.filter(juror_id__in=jurors, state=SeatState.PRESENT)
    sessions = ExamSession.objects.select_for_update().filter(state__in=_DECIDED, pk__in=seats.values("session_id"))
    for session in sessions.order_by("pk"):
        if candidate_id not in queries.candidate_ids(session):
            continue
        BlockResult.objects.filter(sitting__session=session, sitting__candidate_id=candidate_id).delete()
        if queries.marks_awaited(session):
            move(actor, session, SessionState.OPEN)
        elif session.state == SessionState.SIGNING:
            move(actor, session, SessionState.DELIBERATING)
