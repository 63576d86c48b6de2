"""Reads of the hours of a session, and of what clashes with them in the certifier's other sessions."""

import datetime as dt
import uuid
from collections.abc import Sequence
from dataclasses import dataclass

from entremise.accounts.queries import member_names
from entremise.certification import timetable
from entremise.certification.enums import LIVING, ClashKind, SessionState
from entremise.certification.models import ExamSession, Seat, Sitting, Slot, Timetable
from entremise.certification.models.timetables import every_day
from entremise.certification.queries.sessions import SITS, aside_of
from entremise.certification.timetable import Clash, DayRules, Held, Passing
from entremise.competences.queries import RecordFacts
from entremise.core.db import open_together
from entremise.core.text import fold
from entremise.core.time import local

USUAL = 45  # minutes of a block, before the certifier says theirs
_ALIVE = (SessionState.PREPARING, *LIVING)


def timetable_of(session: ExamSession, record: RecordFacts) -> Timetable:
    """How the days were asked to be held; the usual hours, not saved, while nobody said."""
    found = Timetable.objects.filter(session=session).first()
    lasts = {block.code: USUAL for block in record.blocks}
    return found or Timetable(session=session, lasts=lasts, **every_day())


def rules_of(session: ExamSession, table: Timetable) -> DayRules:
    """The same as the rules read it."""
    span = (session.ends_on - session.starts_on).days + 1
    names = ("opens", "closes", "pause_from", "pause_to", "lasts", "between", "rest")
    days = tuple(session.starts_on + dt.timedelta(days=rank) for rank in range(span))
    return DayRules(days=days, **{name: getattr(table, name) for name in names})


def passings_of(sittings: Sequence[Sitting]) -> list[Passing]:
    """The passages to place, with each candidate's extra time; names were opened by ``sittings_of``."""
    open_together([one.candidate for one in sittings], "extra_time")
    return [
        Passing(one.pk, one.candidate_id, one.block_code, one.candidate.birth_name, int(one.candidate.extra_time or 0))
        for one in sittings
    ]


def slot_of(sitting: Sitting) -> Slot | None:
    """Its hours; None while it has none. No query when the slot was selected with it."""
    return getattr(sitting, "slot", None)


@dataclass(frozen=True)
class ClashLine:
    """A clash in words: what, and about which passages."""

    sentence: str
    about: str


def clash_lines(session: ExamSession, sittings: Sequence[Sitting], table: Timetable) -> list[ClashLine]:
    """What cannot be held as it is placed; empty while no passage has its hour. ``sittings`` with their slots."""
    placed = [one for one in sittings if slot_of(one)]
    if not placed:
        return []
    around = _around(session, placed)
    held = [*_held(placed, own=session), *_held(around)]
    found = timetable.clashes(held, rules_of(session, table))
    found += [Clash(ClashKind.UNPLACED, one.pk) for one in sittings if not slot_of(one)]
    names = member_names({member for clash in found for member in clash.members})
    known = {one.pk: one for one in [*sittings, *around]}
    return [_line(clash, known, names, session) for clash in found]


def _line(
    clash: Clash, known: dict[uuid.UUID, Sitting], names: dict[uuid.UUID, str], session: ExamSession
) -> ClashLine:
    about = [_label(known[one], session) for one in (clash.sitting_id, clash.other_id) if one]
    who = sorted(names[one] for one in clash.members)
    return ClashLine(f"{clash.kind.label}{' : ' + ', '.join(who) if who else ''}.", " et ".join(about))


def _label(sitting: Sitting, session: ExamSession) -> str:
    slot = slot_of(sitting)
    hour = f" à {local(slot.starts_at):%H:%M}" if slot else ""
    if sitting.session_id != session.pk:
        return f"un passage d’une autre session ({sitting.session.place}){hour}"
    return f"{sitting.candidate.name}, {sitting.block_code}{hour}"


def _around(session: ExamSession, placed: Sequence[Sitting]) -> list[Sitting]:
    """The passages of the certifier's other living sessions held at the same hours; nobody's name is read."""
    slots = [slot for one in placed if (slot := slot_of(one))]
    first, last = min(one.starts_at for one in slots), max(one.ends_at for one in slots)
    rows = Sitting.objects.filter(
        session__organisation_id=session.organisation_id,
        session__state__in=_ALIVE,
        slot__starts_at__lt=last,
        slot__ends_at__gt=first,
    )
    return list(rows.exclude(session=session).select_related("session", "slot"))


def _held(sittings: Sequence[Sitting], own: ExamSession | None = None) -> list[Held]:
    seats: dict[uuid.UUID, list[Seat]] = {}
    for seat in Seat.objects.filter(session_id__in={one.session_id for one in sittings}, state__in=SITS).select_related(
        "juror"
    ):
        seats.setdefault(seat.session_id, []).append(seat)
    aside = aside_of(own) if own else set()
    found = []
    for one in sittings:
        slot = slot_of(one)
        if slot is None:
            continue
        judges = [seat for seat in seats.get(one.session_id, []) if (seat.juror_id, one.candidate_id) not in aside]
        room = fold(f"{one.session.place}|{slot.room}") if slot.room else ""
        starts, ends = (local(instant).replace(tzinfo=None) for instant in (slot.starts_at, slot.ends_at))
        members = frozenset(seat.juror.member_id for seat in judges)
        found.append(Held(one.pk, one.candidate_id, starts, ends, room, members, own is not None))
    return found
