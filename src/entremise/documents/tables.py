"""The shapes of spreadsheets: what is read from one, what is written to one."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any


@dataclass(frozen=True)
class Row:
    """A line as its author sees it: ``number`` is the one shown by the spreadsheet (the header's included).

    ``cells`` are clean texts, as many as the header has columns; an empty cell is ``""``.
    """

    number: int
    cells: list[str]


@dataclass(frozen=True)
class Table:
    """The first visible sheet of a file: titles of the columns, then the lines that are not empty."""

    header: list[str]
    rows: list[Row]


class Kind(StrEnum):
    """What a column holds, hence how its cells are written.

    ``duration`` takes a timedelta or whole minutes; ``datetime`` takes an aware datetime and shows local time.
    """

    TEXT = "text"
    NUMBER = "number"
    DATE = "date"
    DATETIME = "datetime"
    DURATION = "duration"


@dataclass(frozen=True)
class Column:
    """A column to write; ``width`` in characters."""

    title: str
    kind: Kind | str = Kind.TEXT
    width: int = 18


@dataclass(frozen=True)
class Sheet:
    """A sheet to write. ``rows`` may be a generator: it is read once, in order."""

    title: str
    columns: Sequence[Column]
    rows: Iterable[Sequence[Any]]
