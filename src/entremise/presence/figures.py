"""The figures of the day on the first page. Presence gives two; the modules above add theirs.

``register(fn)`` is called in ``apps.py: ready()``; ``fn(actor, day)`` reads the actor's teams only.
"""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass

from entremise.core.actor import Actor


@dataclass(frozen=True, kw_only=True)
class DayFigure:
    """One figure: what is printed large, its label, its definition, the rows behind it."""

    value: str
    label: str
    definition: str = ""
    url: str = ""


Source = Callable[[Actor, dt.date], list[DayFigure]]
_sources: list[Source] = []


def register(source: Source) -> None:
    """Add a source, once."""
    if source not in _sources:
        _sources.append(source)


def sources() -> list[Source]:
    """The registered sources, in order of registration."""
    return list(_sources)
