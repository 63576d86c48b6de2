"""Who is called to what, and when: for the person themselves, and for the certifier who calls them."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from entremise.certification.asked import Row, appointments_of
from entremise.certification.calendar import Appointment
from entremise.certification.enums import LIVING
from entremise.certification.models import Candidate, ExamSession, Sitting
from entremise.certification.queries.sessions import SITS, SeatLine, get_session, seat_lines, sittings_of
from entremise.certification.queries.timetables import slot_of
from entremise.core.actor import Actor
from entremise.core.errors import NotFound
from entremise.core.permissions import can, require
from entremise.core.time import local

SUMMARY = "Jury de certification"


def candidate_call(actor: Actor, session_id: uuid.UUID, candidate_id: uuid.UUID) -> tuple[ExamSession, list[Sitting]]:
    """A living session and the passages of a candidate in it, for the certifier and the candidate alone."""
    if can(actor, "certification.manage"):
        session = get_session(actor, session_id)
    else:
        mine = Candidate.objects.visible_to(actor).filter(pk=candidate_id, member_id=actor.member_id, erased_at=None)
        found = ExamSession.objects.filter(
            pk=session_id, organisation_id=actor.organisation_id, sittings__candidate__in=mine.values("pk")
        )
        first = found.first()
        if first is None:
            raise NotFound("exam session")
        session = first
    sittings = [one for one in sittings_of(session) if one.candidate_id == candidate_id]
    if session.state not in LIVING or not sittings:
        raise NotFound("candidate")
    return session, sittings


def juror_call(actor: Actor, session_id: uuid.UUID, seat_id: uuid.UUID) -> tuple[ExamSession, SeatLine]:
    """A living session and a seat of its jury, for the certifier and whoever sits there."""
    session = get_session(actor, session_id)
    line = next((one for one in seat_lines(session) if one.seat.pk == seat_id), None)
    if session.state not in LIVING or line is None or line.seat.state not in SITS:
        raise NotFound("seat")
    if not can(actor, "certification.manage") and line.seat.juror.member_id != actor.member_id:
        raise NotFound("seat")
    return session, line


def attendance(actor: Actor, session_id: uuid.UUID) -> tuple[ExamSession, list[SeatLine], list[Sitting]]:
    """Who is awaited at a living session, for the certifier alone; NotFound before it is convoked and once over."""
    require(actor, "certification.manage")
    session = get_session(actor, session_id)
    if session.state not in LIVING:
        raise NotFound("exam session")
    return session, seat_lines(session), sittings_of(session)


@dataclass(frozen=True)
class Call:
    """A session to come, as a candidate's file shows it."""

    session: ExamSession
    sittings: list[Sitting]


def calls_of(candidate: Candidate) -> list[Call]:
    """The living sessions where a candidate passes, the first to come first; one query."""
    rows = Sitting.objects.filter(candidate=candidate, session__state__in=LIVING).select_related("session", "slot")
    ordered = rows.order_by("session__starts_on", "session_id", "rank")
    return [Call(passages[0].session, passages) for _, found in groupby(ordered, _session) if (passages := list(found))]


def _session(sitting: Sitting) -> uuid.UUID:
    return sitting.session_id


def candidate_appointments(session: ExamSession, sittings: Sequence[Sitting]) -> list[Appointment]:
    """Each passage at its hour; the days of the session while no hour is given. Blocks are not named."""
    name = f"{session.pk}-{sittings[0].candidate_id}"
    slots = sorted((slot for one in sittings if (slot := slot_of(one))), key=lambda one: one.starts_at)
    if not slots:
        return [_days(session, name)]
    return [
        Appointment(_uid(name, rank), slot.starts_at, slot.ends_at, SUMMARY, _where(session, slot.room))
        for rank, slot in enumerate(slots, 1)
    ]


def juror_appointments(session: ExamSession, seat_id: uuid.UUID, sittings: Sequence[Sitting]) -> list[Appointment]:
    """Each day, from the first passage to the last; the days of the session while no hour is given."""
    slots = sorted((slot for one in sittings if (slot := slot_of(one))), key=lambda one: one.starts_at)
    if not slots:
        return [_days(session, str(seat_id))]
    found = []
    for rank, (_, of_day) in enumerate(groupby(slots, lambda one: local(one.starts_at).date()), 1):
        held = list(of_day)
        rooms = {slot.room for slot in held}
        where = _where(session, rooms.pop() if len(rooms) == 1 else "")
        ends = max(slot.ends_at for slot in held)
        found.append(Appointment(_uid(str(seat_id), rank), held[0].starts_at, ends, SUMMARY, where))
    return found


def _uid(name: str, rank: int) -> str:
    """The first appointment of somebody keeps its identifier whatever changes: their calendar moves it."""
    return f"{name}@entremise" if rank == 1 else f"{name}-{rank}@entremise"


def _days(session: ExamSession, name: str) -> Appointment:
    return Appointment(_uid(name, 1), session.starts_on, session.ends_on, SUMMARY, session.place)


def _where(session: ExamSession, room: str) -> str:
    return ", ".join(filter(None, [session.place, room]))


def appointments(rows: Sequence[Row], sequence: int) -> list[Appointment]:
    """What a line of the ledger says, to be written again."""
    return appointments_of(rows, SUMMARY, sequence)
