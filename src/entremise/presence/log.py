"""How the team log words its lines: each module renders the lines that point at its own records.

``register_renderer(subject_type, fn)`` is called in ``apps.py: ready()``; ``fn(actor, entries)``
gets every line of that type at once (so one or two queries, whatever their number) and returns
``{entry.pk: LogLine}``. Lines come with ``site_label``, ``author_name`` and ``second_author_name``
already set. A line without its LogLine is shown by its kind alone.

A line never puts a language, an origin or a rare trait beside a place.
"""

import uuid
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from entremise.core.actor import Actor


@dataclass(frozen=True)
class LogLine:
    """One line: **title** · place, a sentence below, and a state (kind: ok, wait, bad, neutral)."""

    title: str
    detail: str = ""
    url: str = ""
    state_kind: str = ""
    state_label: str = ""


Renderer = Callable[[Actor, Sequence[Any]], dict[uuid.UUID, LogLine]]
Predicate = Callable[[Any], bool]


@dataclass(frozen=True)
class LogFilter:
    """A chip above the log: a code for the address, a label, and which lines it keeps."""

    code: str
    label: str
    keeps: Predicate
    order: int


_renderers: dict[str, Renderer] = {}
_filters: dict[str, LogFilter] = {}

# Keys that no line may carry: read beside a place, they would point at someone.
FORBIDDEN_CODES = frozenset(
    {"language", "languages", "langue", "origin_country", "nationality", "religion", "health"}
    | {"quality", "qualities", "gender", "genders", "age_bands", "danger_signs", "name", "phone", "text"}
)


def register_renderer(subject_type: str, renderer: Renderer) -> None:
    """Word the lines whose ``subject_type`` is this one; a type has one renderer."""
    _renderers[subject_type] = renderer


def renderer_for(subject_type: str) -> Renderer | None:
    """The renderer of a type, or None."""
    return _renderers.get(subject_type)


def register_filter(code: str, label: str, keeps: Predicate, *, order: int = 50) -> None:
    """Add a chip (``"conflit", "Conflits", lambda entry: …``) that reads the line's kind and codes only."""
    _filters[code] = LogFilter(code, label, keeps, order)


def filters() -> list[LogFilter]:
    """The chips in order."""
    return sorted(_filters.values(), key=lambda item: (item.order, item.label))


def check_codes(codes: dict[str, Any]) -> None:
    """Raise ValueError when a line would carry what it must not: a programming error, never the user's."""
    found = FORBIDDEN_CODES.intersection(codes)
    if found:
        raise ValueError(f"a log line may not carry {', '.join(sorted(found))}")
