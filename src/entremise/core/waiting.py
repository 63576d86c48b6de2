"""« Ce qui m’attend »: every module says what waits for an actor; the first page (presence) shows it.

``register`` is called in ``apps.py: ready()``. A source answers quickly (one or two queries, indexed).
"""

from collections.abc import Callable
from dataclasses import dataclass

from entremise.core.actor import Actor


@dataclass(frozen=True, kw_only=True)
class WaitingItem:
    """Something to do: ``count`` then ``label`` ("4", "interventions à valider").

    ``kind`` is a stable code (``interventions.to_validate``); ``action`` the words of the button;
    ``tone`` is "card", "attention" or "danger".
    """

    label: str
    count: int
    url: str
    kind: str
    action: str = "Ouvrir"
    detail: str = ""
    tone: str = "card"


Source = Callable[[Actor], list[WaitingItem]]
_sources: list[Source] = []


def register(source: Source) -> None:
    """Add a source, once."""
    if source not in _sources:
        _sources.append(source)


def sources() -> list[Source]:
    """The registered sources, in order of registration."""
    return list(_sources)
