"""Who passes when: an order and hours proposed by rules, and what two places at once would look like. Pure.

One jury sees one candidate at a time. Instants are naive, in the time of the place. Somebody's extra time lengthens
their own passages, to the next five minutes, and nobody else's.
"""

import datetime as dt
import hashlib
import uuid
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from entremise.certification.enums import ClashKind, OrderRule, Turn
from entremise.core.text import sort_key

STEP = 5  # minutes
NOON = dt.time(12)


@dataclass(frozen=True)
class Passing:
    """A candidate's block, to be placed. ``extra``: the candidate's extra time, in percent."""

    sitting_id: uuid.UUID
    candidate_id: uuid.UUID
    block_code: str
    name: str
    extra: int = 0


@dataclass(frozen=True)
class DayRules:
    """How the days of a session are held. Lengths in minutes; a pause that ends when it begins is no pause.

    ``lasts``: how long each block takes. ``between``: from one passage to the next, for the jury. ``rest``: at least,
    between two passages of the same candidate.
    """

    days: tuple[dt.date, ...]
    opens: dt.time = dt.time(9)
    closes: dt.time = dt.time(17, 30)
    pause_from: dt.time = NOON
    pause_to: dt.time = dt.time(13, 30)
    lasts: Mapping[str, int] = field(default_factory=dict)
    between: int = 10
    rest: int = 20


@dataclass(frozen=True)
class Placed:
    """A passage with its hours."""

    sitting_id: uuid.UUID
    starts: dt.datetime
    ends: dt.datetime


def in_order(passings: Iterable[Passing], order: str, turn: str, seed: str) -> list[Passing]:
    """The passages in the order of a rule, the same each time it is asked.

    Block after block, another candidate begins at each block: nobody is always the first, nor always the last. A draw
    sorts people by the fingerprint of ``seed`` and their identifier: anybody can do it again.
    """
    found = list(passings)
    if order == OrderRule.KEPT:
        return found
    people = {one.candidate_id: one.name for one in found}
    if order == OrderRule.DRAWN:
        ranked = sorted(people, key=lambda one: hashlib.sha256(f"{seed}|{one}".encode()).hexdigest())
    else:
        ranked = sorted(people, key=lambda one: (sort_key(people[one]), str(one)))
    place = {person: index for index, person in enumerate(ranked)}
    blocks = {code: index for index, code in enumerate(sorted({one.block_code for one in found}))}
    if turn == Turn.CANDIDATE:
        return sorted(found, key=lambda one: (place[one.candidate_id], blocks[one.block_code]))
    return sorted(
        found,
        key=lambda one: (blocks[one.block_code], (place[one.candidate_id] - blocks[one.block_code]) % len(ranked)),
    )


def length(passing: Passing, rules: DayRules) -> int:
    """How long this passage takes, extra time included, to the next five minutes."""
    asked = rules.lasts.get(passing.block_code, 0) * (100 + passing.extra)
    return -(-asked // (100 * STEP)) * STEP


def propose(passings: Sequence[Passing], rules: DayRules) -> tuple[list[Placed], list[uuid.UUID]]:
    """Hours for passages already in order, and those that the days cannot hold. The order is never changed."""
    placed: list[Placed] = []
    left: list[uuid.UUID] = []
    seen: dict[uuid.UUID, dt.datetime] = {}
    clock = None
    for one in passings:
        earliest = [clock] if clock else []
        if one.candidate_id in seen:
            earliest.append(seen[one.candidate_id] + dt.timedelta(minutes=rules.rest))
        found = _first_room(max(earliest, default=None), dt.timedelta(minutes=length(one, rules)), rules)
        if found is None:
            left.append(one.sitting_id)
            continue
        placed.append(Placed(one.sitting_id, *found))
        seen[one.candidate_id] = found[1]
        clock = found[1] + dt.timedelta(minutes=rules.between)
    return placed, left


def _first_room(
    earliest: dt.datetime | None, lasts: dt.timedelta, rules: DayRules
) -> tuple[dt.datetime, dt.datetime] | None:
    for begins, ends in _openings(rules):
        start = max(begins, earliest) if earliest else begins
        if start + lasts <= ends:
            return start, start + lasts
    return None


def _openings(rules: DayRules) -> Iterator[tuple[dt.datetime, dt.datetime]]:
    """The half days in which the jury sits."""
    for day in rules.days:
        opens, closes = dt.datetime.combine(day, rules.opens), dt.datetime.combine(day, rules.closes)
        if rules.pause_from < rules.pause_to:
            yield opens, min(closes, dt.datetime.combine(day, rules.pause_from))
            opens = max(opens, dt.datetime.combine(day, rules.pause_to))
        yield opens, closes


@dataclass(frozen=True)
class Held:
    """A passage placed, of this session or of another. ``room`` is folded, with its place; empty when not said."""

    sitting_id: uuid.UUID
    candidate_id: uuid.UUID
    starts: dt.datetime
    ends: dt.datetime
    room: str = ""
    members: frozenset[uuid.UUID] = frozenset()
    is_own: bool = True


@dataclass(frozen=True)
class Clash:
    """What cannot be held as it is placed. ``members``: the accounts of those in two places."""

    kind: ClashKind
    sitting_id: uuid.UUID
    other_id: uuid.UUID | None = None
    members: frozenset[uuid.UUID] = frozenset()


def clashes(held: Sequence[Held], rules: DayRules) -> list[Clash]:
    """Everything impossible in these hours, in the order of the day; the passages of other sessions only as others."""
    ordered = sorted(held, key=lambda one: (one.starts, str(one.sitting_id)))
    found = [clash for one in ordered if one.is_own for clash in _with_the_day(one, rules)]
    for rank, one in enumerate(ordered):
        for other in ordered[rank + 1 :]:
            if other.starts >= one.ends:
                break
            if one.is_own or other.is_own:
                found += _at_once(one, other)
    return found + list(_too_close(ordered, rules))


def _with_the_day(one: Held, rules: DayRules) -> Iterator[Clash]:
    day = one.starts.date()
    if day not in rules.days or one.ends.date() != day:
        yield Clash(ClashKind.DATES, one.sitting_id)
        return
    if one.starts.time() < rules.opens or one.ends.time() > rules.closes:
        yield Clash(ClashKind.DAY, one.sitting_id)
    if one.starts.time() < rules.pause_to and one.ends.time() > rules.pause_from and rules.pause_from < rules.pause_to:
        yield Clash(ClashKind.PAUSE, one.sitting_id)


def _at_once(one: Held, other: Held) -> Iterator[Clash]:
    first, second = (one, other) if one.is_own else (other, one)
    if one.candidate_id == other.candidate_id:
        yield Clash(ClashKind.CANDIDATE, first.sitting_id, second.sitting_id)
    if one.members & other.members:
        yield Clash(ClashKind.JURY, first.sitting_id, second.sitting_id, one.members & other.members)
    if one.room and one.room == other.room:
        yield Clash(ClashKind.ROOM, first.sitting_id, second.sitting_id)


def _too_close(ordered: Sequence[Held], rules: DayRules) -> Iterator[Clash]:
    people: dict[uuid.UUID, list[Held]] = {}
    for one in ordered:
        if one.is_own:
            people.setdefault(one.candidate_id, []).append(one)
    for passages in people.values():
        for one, after in pairwise(passages):
            if dt.timedelta(0) <= after.starts - one.ends < dt.timedelta(minutes=rules.rest):
                yield Clash(ClashKind.REST, one.sitting_id, after.sitting_id)
