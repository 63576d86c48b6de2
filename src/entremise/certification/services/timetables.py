"""The order of passage and its hours: proposed at once, then changed by hand, until the exam begins."""

import datetime as dt
import uuid
from collections.abc import Sequence

from django.db import transaction
from django.utils import timezone

from entremise.certification import timetable
from entremise.certification.commands import SlotFacts, TimetableFacts
from entremise.certification.enums import OrderRule, SessionState, Turn
from entremise.certification.events import SessionChanged
from entremise.certification.models import ExamSession, Sitting, Slot, Timetable
from entremise.certification.queries import timetables as queries
from entremise.certification.queries.sessions import get_sitting, sittings_of
from entremise.certification.services.sessions import held_session
from entremise.certification.services.texts import line
from entremise.competences.queries import record_facts
from entremise.core.actor import Actor
from entremise.core.errors import FORM, InvalidInput
from entremise.core.permissions import require
from entremise.core.time import now
from entremise.journal.services import publish

LONGEST, ROOM = 480, 80  # minutes, signs
_STATES = (SessionState.PREPARING, SessionState.CONVOKED)


@transaction.atomic
def propose_order(*, actor: Actor, session_id: uuid.UUID, facts: TimetableFacts) -> int:
    """Keep how the days are held, put the passages in order and give them hours. Gives how many have none.

    What was set by hand is proposed anew: the page says so before.
    """
    require(actor, "certification.manage")
    session = held_session(actor, session_id, *_STATES)
    record = record_facts(session.record_code)
    _check(facts, {block.code for block in record.blocks})
    table = Timetable.objects.filter(session=session).first() or Timetable(session=session)
    pause = facts.pause_from or timetable.NOON
    told = vars(facts) | {"room": line(facts.room), "pause_from": pause, "pause_to": facts.pause_to or pause}
    for name, value in told.items():
        setattr(table, name, value)
    table.save()
    sittings = sittings_of(session)
    passings = timetable.in_order(queries.passings_of(sittings), facts.order, facts.turn, str(session.pk))
    placed, left = timetable.propose(passings, queries.rules_of(session, table))
    _rank(sittings, [one.sitting_id for one in passings])
    Slot.objects.filter(sitting__session=session).delete()
    Slot.objects.bulk_create(_slot(one.sitting_id, one.starts, one.ends, table.room) for one in placed)
    _told(actor, session, "proposed")
    return len(left)


@transaction.atomic
def move_sitting(*, actor: Actor, session_id: uuid.UUID, sitting_id: uuid.UUID, earlier: bool) -> None:
    """One place earlier, or later. The two exchange their rooms and hours; the gap between them stays."""
    require(actor, "certification.manage")
    session = held_session(actor, session_id, *_STATES)
    moved = get_sitting(session, sitting_id)
    sittings = sittings_of(session)
    at = next(index for index, one in enumerate(sittings) if one.pk == moved.pk)
    to = at - 1 if earlier else at + 1
    if not 0 <= to < len(sittings):
        raise InvalidInput({FORM: ["Ce passage est déjà au bout de l’ordre."]})
    first, second = sittings[min(at, to)], sittings[max(at, to)]
    sittings[min(at, to)], sittings[max(at, to)] = second, first
    _rank(sittings, [one.pk for one in sittings])
    _exchange(queries.slot_of(first), queries.slot_of(second))
    _told(actor, session, "moved")


@transaction.atomic
def place_sitting(*, actor: Actor, session_id: uuid.UUID, sitting_id: uuid.UUID, facts: SlotFacts) -> Slot:
    """An hour, a length and a room by hand. Clashes are shown, never refused: the certifier knows their day."""
    require(actor, "certification.manage")
    session = held_session(actor, session_id, *_STATES)
    sitting = get_sitting(session, sitting_id)
    errors = {}
    if not session.starts_on <= facts.day <= session.ends_on:
        errors["day"] = ["Choisissez un jour de la session."]
    if not 1 <= facts.minutes <= LONGEST:
        errors["minutes"] = [f"De 1 à {LONGEST} minutes."]
    if len(line(facts.room)) > ROOM:
        errors["room"] = [f"Raccourcissez : {ROOM} signes au plus."]
    if errors:
        raise InvalidInput(errors)
    starts = dt.datetime.combine(facts.day, facts.clock)
    Slot.objects.filter(sitting=sitting).delete()
    slot = _slot(sitting.pk, starts, starts + dt.timedelta(minutes=facts.minutes), line(facts.room))
    slot.save(force_insert=True)
    _rank_by_hour(session)
    _told(actor, session, "placed")
    return slot


def _rank(sittings: Sequence[Sitting], ordered: Sequence[uuid.UUID]) -> None:
    places = {identifier: rank for rank, identifier in enumerate(ordered, 1)}
    for one in sittings:
        one.rank = places[one.pk]
    Sitting.objects.bulk_update(sittings, ["rank"])


def _rank_by_hour(session: ExamSession) -> None:
    """The order of the day; those without an hour last, in the order they had."""
    sittings = list(Sitting.objects.filter(session=session).select_related("slot").order_by("rank"))
    latest = dt.datetime.max.replace(tzinfo=dt.UTC)
    slots = {one.pk: queries.slot_of(one) for one in sittings}
    ordered = sorted(sittings, key=lambda one: found.starts_at if (found := slots[one.pk]) else latest)
    _rank(sittings, [one.pk for one in ordered])


def _exchange(first: Slot | None, second: Slot | None) -> None:
    """``first`` was before ``second``."""
    if first is None or second is None:
        return
    begins, ends = first.starts_at, second.ends_at
    second.starts_at, second.ends_at = begins, begins + (second.ends_at - second.starts_at)
    first.starts_at, first.ends_at = ends - (first.ends_at - first.starts_at), ends
    first.room, second.room = second.room, first.room
    first.placed_at = second.placed_at = now()
    Slot.objects.bulk_update([first, second], ["starts_at", "ends_at", "room", "placed_at"])


def _slot(sitting_id: uuid.UUID, starts: dt.datetime, ends: dt.datetime, room: str) -> Slot:
    hours = {"starts_at": timezone.make_aware(starts), "ends_at": timezone.make_aware(ends)}
    return Slot(sitting_id=sitting_id, room=room, placed_at=now(), **hours)


def _told(actor: Actor, session: ExamSession, how: str) -> None:
    publish(SessionChanged(actor=actor, target_id=session.pk, codes={"what": "order", "how": how}))


def _check(facts: TimetableFacts, blocks: set[str]) -> None:
    found = {
        "closes": "" if facts.opens < facts.closes else "La journée finit après avoir commencé.",
        "pause_to": "",
        "between": "" if 0 <= facts.between <= LONGEST else f"De 0 à {LONGEST} minutes.",
        "rest": "" if 0 <= facts.rest <= LONGEST else f"De 0 à {LONGEST} minutes.",
        "order": "" if facts.order in OrderRule.values else "Choisissez une réponse.",
        "turn": "" if facts.turn in Turn.values else "Choisissez une réponse.",
        "room": "" if len(line(facts.room)) <= ROOM else f"Raccourcissez : {ROOM} signes au plus.",
    }
    if (facts.pause_from is None) != (facts.pause_to is None) or (
        facts.pause_from and facts.pause_to and facts.pause_from > facts.pause_to
    ):
        found["pause_to"] = "Dites quand la pause commence et quand elle finit, ou laissez les deux vides."
    for code in blocks:
        found[f"lasts_{code}"] = "" if 1 <= facts.lasts.get(code, 0) <= LONGEST else f"De 1 à {LONGEST} minutes."
    errors = {name: [reason] for name, reason in found.items() if reason}
    if errors:
        raise InvalidInput(errors)
