"""Where the convocation of each one stands: never written to, in hand, outdated, taken back."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass

from entremise.certification.asked import numbered, rows_of, sentence
from entremise.certification.calendar import Appointment
from entremise.certification.enums import LIVING
from entremise.certification.models import Candidate, Convocation, ExamSession, Seat, Sitting
from entremise.certification.queries.candidates import open_names
from entremise.certification.queries.convocations import appointments, candidate_appointments, juror_appointments
from entremise.certification.queries.sessions import SITS, seat_lines


@dataclass(frozen=True)
class Called:
    """Somebody, what was sent to them (``past``, oldest first), and what they should hold today (``now``)."""

    who: dict[str, uuid.UUID]  # the column of the ledger, and whom it names
    name: str
    past: list[Convocation]
    now: list[Appointment]

    @property
    def mailed(self) -> Convocation | None:
        """The last convocation they were sent."""
        return self.past[-1] if self.past else None

    @property
    def history(self) -> list[tuple[Convocation, list[str]]]:
        """Each line of the ledger, and what it gave, or took back, in words."""
        return [(row, [sentence(one) for one in appointments(row.told or row.undone, 0)]) for row in self.past]

    @property
    def is_outdated(self) -> bool:
        """They hold a convocation, and it says another day, hour, room or place than today's."""
        return self.mailed is not None and self.mailed.told != rows_of(self.now)

    @property
    def is_over(self) -> bool:
        """Nobody awaits them any more: the session is cancelled, or they left it."""
        return not self.now

    @property
    def sequence(self) -> int:
        """The number under which today's appointments are written."""
        return self.mailed.sequence + self.is_outdated if self.mailed else 0


def called(session: ExamSession, sittings: Sequence[Sitting]) -> dict[uuid.UUID, Called]:
    """By candidate, then by seat: everyone awaited, then those who were called and are awaited no more.

    ``sittings``: those of the session, names opened. The same few queries whatever their number.
    """
    past = _past(session)
    seats = {line.seat.pk: line for line in seat_lines(session)}
    names = {one.candidate_id: one.candidate.name for one in sittings} | {who: seats[who].name for who in seats}
    awaited = _awaited(session, sittings, [line.seat for line in seats.values()])
    left = list(Candidate.objects.filter(pk__in=past.keys() - names.keys(), erased_at=None))
    open_names(left)
    names |= {one.pk: one.name for one in left}
    return {
        who: Called({"seat_id" if who in seats else "candidate_id": who}, name, past.get(who, []), awaited.get(who, []))
        for who, name in names.items()
        if who in awaited or who in past
    }


def _past(session: ExamSession) -> dict[uuid.UUID, list[Convocation]]:
    found: dict[uuid.UUID, list[Convocation]] = {}
    for row in Convocation.objects.filter(session=session).order_by("asked_at", "pk"):
        found.setdefault(row.who, []).append(row)
    return found


def _awaited(
    session: ExamSession, sittings: Sequence[Sitting], seats: Sequence[Seat]
) -> dict[uuid.UUID, list[Appointment]]:
    """What each one should hold today; nobody is awaited where the session does not live."""
    if session.state not in LIVING:
        return {}
    passages: dict[uuid.UUID, list[Sitting]] = {}
    for one in sittings:
        passages.setdefault(one.candidate_id, []).append(one)
    found = {who: candidate_appointments(session, theirs) for who, theirs in passages.items()}
    return found | {one.pk: juror_appointments(session, one.pk, sittings) for one in seats if one.state in SITS}


def written(session: ExamSession, found: list[Appointment], **who: uuid.UUID) -> list[Appointment]:
    """These appointments under their number: never less than the one already sent to this person."""
    last = Convocation.objects.filter(session=session, **who).order_by("-asked_at", "-pk").first()
    return numbered(found, last.sequence + (last.told != rows_of(found)) if last else 0)


def may_leave(convocation: Convocation) -> bool:
    """It says something, it is the last line about this person, and who it calls is still awaited."""
    later = Convocation.objects.filter(
        session=convocation.session_id, candidate=convocation.candidate_id, seat=convocation.seat_id
    )
    if later.filter(asked_at__gt=convocation.asked_at).exists():
        return False
    if not convocation.told:
        return bool(convocation.undone)
    seat = convocation.seat
    return convocation.session.state in LIVING and (seat is None or seat.state in SITS)
