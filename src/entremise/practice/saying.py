"""What a piece of evidence may say of an act. Pure: the count of compatible acts is asked, never read here.

An act is found again when what is said of it suits no other. The reader we suppose knows whose portfolio it is and
holds the whole log: only the author's own acts hide the one that is told. Five of them at least must suit every word,
the number below which this product never prints a count (ADR 0006, ADR 0013). What would be rarer is made coarser,
then left out, and the author is told so.
"""

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from entremise.practice.enums import Grain

ENOUGH = 5  # acts of the author that must suit what is said
_MONTHS = 12

# Lists, in the order their values are worth saying: what was done first, then where, with what result.
TOLD_LISTS = ("L1", "L4", "L17", "L18", "L13", "L10", "L11")

Trait = tuple[str, str]  # (list, national code)


@dataclass(frozen=True)
class Said:
    """What is told: a period (None: not told) and traits."""

    grain: Grain = Grain.NONE
    start: dt.date | None = None
    end: dt.date | None = None  # first day after
    traits: tuple[Trait, ...] = ()


@dataclass(frozen=True)
class Outcome:
    """What may be told, how many acts it suits, what was made coarser or left out."""

    said: Said
    compatible: int
    coarser: bool = False
    left_out: tuple[Trait, ...] = field(default_factory=tuple)


Count = Callable[[Said], int]


def period(day: dt.date, grain: Grain) -> tuple[dt.date | None, dt.date | None]:
    """First day, and first day after, of the period of that day."""
    if grain == Grain.NONE:
        return None, None
    months = {Grain.MONTH: 1, Grain.QUARTER: 3, Grain.YEAR: _MONTHS}[grain]
    rank = day.year * _MONTHS + (day.month - 1) // months * months
    return _first(rank), _first(rank + months)


def _first(rank: int) -> dt.date:
    return dt.date(rank // _MONTHS, rank % _MONTHS + 1, 1)


def said_when(day: dt.date, grain: Grain, traits: Sequence[Trait] = ()) -> Said:
    """These traits, at that day told so precisely."""
    start, end = period(day, grain)
    return Said(grain, start, end, tuple(traits))


def most_that_may_be_said(
    day: dt.date, traits: Sequence[Trait], count: Count, *, enough: int = ENOUGH
) -> Outcome | None:
    """As much as ``enough`` acts allow: the main register and the month first, then each trait that keeps enough.

    None when even "one of the author's acts" would be too rare.
    """
    asked = sorted(traits, key=lambda one: TOLD_LISTS.index(one[0]))
    for kept in (asked[:1], []):
        for grain in Grain:
            said = said_when(day, grain, kept)
            if (found := count(said)) >= enough:
                return _more(said, asked, found, count, enough)
    return None


def _more(said: Said, asked: Sequence[Trait], found: int, count: Count, enough: int) -> Outcome:
    left_out = []
    for trait in asked:
        if trait in said.traits:
            continue
        fuller = Said(said.grain, said.start, said.end, (*said.traits, trait))
        if (suited := count(fuller)) >= enough:
            said, found = fuller, suited
        else:
            left_out.append(trait)
    return Outcome(said, found, said.grain != Grain.MONTH, tuple(left_out))


def safest_period(day: dt.date, count: Count, *, enough: int = ENOUGH) -> Said:
    """When something told by hand took place: a period in which the log holds nobody's only act."""
    for grain in Grain:
        said = said_when(day, grain)
        if grain == Grain.NONE or count(said) == 0 or count(said) >= enough:
            return said
    raise AssertionError("the last grain always suits")


RARE = 2  # below five mediations, that one exists is said if there are two; nothing of any of them


def gestures_that_may_be_said(
    mine: Sequence[str], of_each: Sequence[set[str]], *, enough: int = ENOUGH
) -> tuple[list[str], int] | None:
    """Which gestures of a mediation may be told, and how many of the author's mediations they suit.

    ``of_each``: the gestures of every mediation of the author, this one included. Never when: they are too few for a
    month to hide one. None when it is the author's only mediation.
    """
    if len(of_each) < RARE:
        return None
    kept: list[str] = []
    for gesture in dict.fromkeys(mine):
        if sum({*kept, gesture} <= one for one in of_each) >= enough:
            kept.append(gesture)
    return kept, sum(set(kept) <= one for one in of_each)
