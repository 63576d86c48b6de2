"""What each module keeps about a person: given to them when they ask, emptied when they are erased.

A module declares its part in ``apps.py``: ``register_part(Part(code="fils", label="Fils de suivi", …))``.
"""

import datetime as dt
import uuid
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

# Whoever watches a telephone may open a paper or a file too: these fields of a person are then told aloud only.
SPOKEN_ALONE = frozenset({"phone", "phone_watched", "email", "contact_way", "contact_note"})


@dataclass(frozen=True, kw_only=True)
class Item:
    """One record of a part, in the words the person will read.

    ``facts`` are pairs (label, value), in order, dates and codes already in plain French. ``withheld`` says in one
    sentence what is kept back and why (another party's words); empty when nothing is.
    """

    title: str
    at: dt.datetime | dt.date | None = None
    facts: Sequence[tuple[str, str]] = ()
    withheld: str = ""


def _nobody(record_ids: Sequence[uuid.UUID]) -> set[uuid.UUID]:
    """A part none of whose records a legal hold may name."""
    return set()


@dataclass(frozen=True, kw_only=True)
class Part:
    """What one module keeps about persons.

    ``collect(person_id)`` yields what it holds about one person, in order, the words confided by somebody else left
    out and said to be. ``erase(person_ids)`` empties it for these persons, inside the caller's transaction, and gives
    how many rows it changed: harmless when run twice, it never seals anything under the persons' keys (they are
    destroyed by then) and leaves what is only a figure. ``stays`` says in French what remains after it.
    ``concerned(record_ids)`` gives the persons that some records of this part concern: a legal hold on one of them
    keeps the person from being erased.
    """

    code: str
    label: str
    collect: Callable[[uuid.UUID], Iterable[Item]]
    erase: Callable[[Sequence[uuid.UUID]], int]
    stays: str = ""
    concerned: Callable[[Sequence[uuid.UUID]], set[uuid.UUID]] = _nobody


_parts: dict[str, Part] = {}


def register_part(part: Part) -> None:
    """Declare a part; a code is used once."""
    if _parts.setdefault(part.code, part) != part:
        raise ValueError(f"the part {part.code} is declared twice")


def parts() -> list[Part]:
    """Every declared part, by code."""
    return [_parts[code] for code in sorted(_parts)]
