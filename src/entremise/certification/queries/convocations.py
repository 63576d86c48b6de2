"""Who is called to what, and when: for the person themselves, and for the certifier who calls them."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from entremise.certification.calendar import Appointment
from entremise.certification.enums import LIVING
from entremise.certification.models import Candidate, Convocation, ExamSession, Sitting
from entremise.certification.queries.sessions import SITS, SeatLine, get_session, seat_lines, sittings_of
from entremise.certification.queries.timetables import slot_of
from entremise.core.actor import Actor
from entremise.core.errors import NotFound
from entremise.core.permissions import can
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
    placed = [(one, slot) for one in sittings if (slot := slot_of(one))]
    if not placed:
        return [_days(session, f"{session.pk}-{sittings[0].candidate_id}")]
    return [
        Appointment(
            f"{one.pk}@entremise",
            slot.starts_at,
            slot.ends_at,
            SUMMARY,
            _where(session, slot.room),
            max(0, int((slot.placed_at - session.planned_at).total_seconds() // 60)),
        )
        for one, slot in placed
    ]


def juror_appointments(session: ExamSession, seat: SeatLine) -> list[Appointment]:
    """Each day, from the first passage to the last; the days of the session while no hour is given."""
    slots = [slot for one in sittings_of(session) if (slot := slot_of(one))]
    if not slots:
        return [_days(session, str(seat.seat.pk))]
    changed = max(slot.placed_at for slot in slots) - session.planned_at
    days = groupby(sorted(slots, key=lambda one: one.starts_at), lambda one: local(one.starts_at).date())
    found = []
    for day, of_day in days:
        held = list(of_day)
        rooms = {slot.room for slot in held}
        where = _where(session, rooms.pop() if len(rooms) == 1 else "")
        ends, sequence = max(slot.ends_at for slot in held), max(0, int(changed.total_seconds() // 60))
        uid = f"{seat.seat.pk}-{day:%Y%m%d}@entremise"
        found.append(Appointment(uid, held[0].starts_at, ends, SUMMARY, where, sequence))
    return found


def _days(session: ExamSession, name: str) -> Appointment:
    return Appointment(f"{name}@entremise", session.starts_on, session.ends_on, SUMMARY, session.place)


def _where(session: ExamSession, room: str) -> str:
    return ", ".join(filter(None, [session.place, room]))


@dataclass(frozen=True)
class Called:
    """Where the convocation of somebody stands. ``is_outdated`` when an hour changed after it left."""

    mailed: Convocation | None
    is_outdated: bool


def called(session: ExamSession, sittings: Sequence[Sitting]) -> dict[uuid.UUID, Called]:
    """By candidate, and by seat; one query. Whoever was never written to is not in it."""
    changed: dict[uuid.UUID | None, list[object]] = {}
    latest = None
    for one in sittings:
        slot = slot_of(one)
        if slot:
            changed.setdefault(one.candidate_id, []).append(slot.placed_at)
            latest = max(latest, slot.placed_at) if latest else slot.placed_at
    found = {}
    for row in Convocation.objects.filter(session=session):
        if row.candidate_id:
            moved = any(at > row.asked_at for at in changed.get(row.candidate_id, []))  # type: ignore[operator]
            found[row.candidate_id] = Called(row, moved)
        elif row.seat_id:
            found[row.seat_id] = Called(row, latest is not None and latest > row.asked_at)
    return found
