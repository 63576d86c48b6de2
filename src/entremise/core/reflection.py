"""What a reflective sheet may start from: each module gives the facts of its own records, names taken out.

``practice`` reads them; a module that keeps acts or cases registers a source in ``apps.py: ready()``. A source gives
its facts to someone for whom the record is their own gesture, and raises NotFound for anyone else.
"""

import uuid
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from django.urls import reverse

from entremise.core.actor import Actor
from entremise.core.errors import NotFound
from entremise.core.permissions import can


@dataclass(frozen=True, kw_only=True)
class StartingPoint:
    """The facts of a record, for the eyes of one of its authors.

    ``title`` says what it was without saying who or exactly where. ``words`` is a narrative whose names were taken out;
    empty when it must not be copied, ``withheld`` then says why in one sentence.
    """

    title: str
    facts: Sequence[tuple[str, str]] = field(default_factory=tuple)
    words: str = ""
    withheld: str = ""


Source = Callable[[Actor, uuid.UUID], StartingPoint]
_sources: dict[str, Source] = {}
_gesture: tuple[str, str, str] | None = None


def register_source(kind: str, source: Source) -> None:
    """Declare what gives the facts of one kind of record (a stable code, ``intervention``); used once."""
    if _sources.setdefault(kind, source) is not source:
        raise ValueError(f"the starting point {kind} is declared twice")


def starting_point(actor: Actor, kind: str, record_id: uuid.UUID) -> StartingPoint:
    """The facts of a record; NotFound when there is no such kind, or when it is not the actor's own."""
    if kind not in _sources:
        raise NotFound(kind)
    return _sources[kind](actor, record_id)


def set_gesture(label: str, url_name: str, permission: str) -> None:
    """What the page of a record offers to its authors: an address that takes the kind and the identifier."""
    global _gesture  # noqa: PLW0603 - one per process, set at start
    _gesture = (label, url_name, permission)


def gesture_for(actor: Actor, kind: str, record_id: uuid.UUID) -> tuple[str, str] | None:
    """(label, address) for one of the record's authors; None when nothing may start from it."""
    if _gesture is None or kind not in _sources or not can(actor, _gesture[2]):
        return None
    return _gesture[0], reverse(_gesture[1], args=[kind, record_id])
