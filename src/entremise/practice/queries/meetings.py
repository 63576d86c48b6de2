"""Reads of the meetings one sits in; for managers, only that meetings were held."""

import datetime as dt
import uuid
from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet

from entremise.accounts.queries import confidences_closed_until, list_members, member_names
from entremise.core.actor import Actor
from entremise.core.db import get_one, open_together
from entremise.core.errors import NotFound
from entremise.core.permissions import require
from entremise.practice.enums import Answer, GroupRole
from entremise.practice.models import Contribution, Meeting, Seat
from entremise.practice.presets import PHASES, Phase
from entremise.practice.rules import may_sit

NBSP = "\N{NO-BREAK SPACE}"


def member_of(actor: Actor) -> uuid.UUID:
    """The membership one sits under; NotFound for the system, which sits nowhere."""
    if actor.member_id is None:
        raise NotFound("member")
    return actor.member_id


def list_meetings(actor: Actor) -> QuerySet[Meeting]:
    """The meetings one sits in or is invited to, the next and the latest first."""
    require(actor, "practice.meet")
    return Meeting.objects.visible_to(actor).filter(cancelled_at=None).order_by("-planned_at", "-pk")


def get_meeting(actor: Actor, meeting_id: uuid.UUID) -> Meeting:
    """A meeting one sits in; NotFound for any other, whatever the role."""
    return get_one(Meeting.objects.visible_to(actor).filter(pk=meeting_id))


def seat_of(actor: Actor, meeting: Meeting) -> Seat:
    """One's own seat in a meeting one may see."""
    return meeting.seats.get(member_id=member_of(actor))


def invitations_waiting(actor: Actor) -> int:
    """How many invitations wait for an answer."""
    if confidences_closed_until(actor.user_id) is not None:
        return 0
    waiting = Seat.objects.filter(member_id=member_of(actor), answer=Answer.ATTENDUE)
    return waiting.filter(meeting__opened_at=None, meeting__cancelled_at=None).count()


def people_to_invite(actor: Actor) -> list[tuple[str, str]]:
    """(membership, name) of those who may sit: mediators of the organisation who hold no role above, oneself apart."""
    require(actor, "practice.meet")
    found = [one for one in list_members(actor) if may_sit(set(one.roles)) and one.pk != actor.member_id]
    names = member_names(one.pk for one in found)
    return sorted(((str(one.pk), names[one.pk]) for one in found), key=lambda choice: choice[1].casefold())


@dataclass(frozen=True)
class SeatLine:
    """Someone's place, in words."""

    seat: Seat
    name: str
    role: str
    answer: str


def seats_of(meeting: Meeting) -> list[SeatLine]:
    """Who sits, who answered what; three queries."""
    seats = list(meeting.seats.order_by("pk"))
    names = member_names(seat.member_id for seat in seats)
    return [
        SeatLine(seat, names[seat.member_id], GroupRole(seat.role).label.partition(NBSP)[0], Answer(seat.answer).label)
        for seat in seats
    ]


@dataclass(frozen=True)
class PageLine:
    """A few lines of the shared page."""

    contribution: Contribution
    name: str
    is_own: bool


@dataclass(frozen=True)
class PagePhase:
    """A phase of the shared page and what was written in it."""

    phase: Phase
    is_current: bool
    lines: tuple[PageLine, ...]


def page_of(actor: Actor, meeting: Meeting) -> list[PagePhase]:
    """The shared page, phase by phase up to the present one; three queries whatever its length."""
    contributions = list(meeting.contributions.select_related("seat"))
    open_together(contributions, "text")
    names = member_names(one.seat.member_id for one in contributions)
    lines = [
        (one.phase, PageLine(one, names[one.seat.member_id], one.seat.member_id == actor.member_id))
        for one in contributions
    ]
    return [
        PagePhase(
            phase,
            rank == meeting.phase and meeting.closed_at is None,
            tuple(line for written, line in lines if written == rank),
        )
        for rank, phase in enumerate(PHASES[: meeting.phase + 1])
    ]


def phase_of(meeting: Meeting) -> Phase:
    """The phase a meeting is in."""
    return PHASES[meeting.phase]


def phase_ends_at(meeting: Meeting) -> dt.datetime | None:
    """When the present phase is due to end; None before the meeting begins and once it is over."""
    if meeting.phase_started_at is None or meeting.closed_at is not None:
        return None
    return meeting.phase_started_at + dt.timedelta(minutes=phase_of(meeting).minutes)


def may_write(meeting: Meeting, seat: Seat) -> bool:
    """Whether the present phase gives the floor to this seat."""
    is_running = meeting.opened_at is not None and meeting.closed_at is None
    return is_running and seat.answer == Answer.OUI and seat.role in phase_of(meeting).writers


@dataclass(frozen=True)
class Held:
    """That a meeting took place: working time, and nothing else."""

    opened_at: dt.datetime
    closed_at: dt.datetime | None

    @property
    def duration(self) -> dt.timedelta | None:
        """How long it lasted; None while it lasts."""
        return self.closed_at - self.opened_at if self.closed_at else None


def held_meetings(actor: Actor) -> QuerySet[Meeting]:
    """Meetings held in the organisation, the latest first, with dates and hours only: nothing else is even read."""
    require(actor, "practice.count_meetings")
    return Meeting.objects.held_in(actor).order_by("-opened_at", "-pk").only("opened_at", "closed_at")


def as_held(meetings: list[Meeting]) -> list[Held]:
    """What a manager reads of them."""
    return [Held(one.opened_at, one.closed_at) for one in meetings if one.opened_at is not None]


def answers_to_keep(meeting: Meeting) -> tuple[int, int]:
    """(how many said that they keep the page, how many may say): those who came."""
    counted = meeting.seats.filter(answer=Answer.OUI).aggregate(yes=Count("pk", filter=Q(keeps=True)), all=Count("pk"))
    return counted["yes"], counted["all"]


def own_answers(actor: Actor, meetings: list[Meeting]) -> dict[uuid.UUID, str]:
    """Meeting → one's own answer, in words; one query."""
    seats = Seat.objects.filter(member_id=member_of(actor), meeting__in=[one.pk for one in meetings])
    return {seat.meeting_id: Answer(seat.answer).label for seat in seats}
