"""What is said of each count."""

from dataclasses import dataclass
from enum import StrEnum

THRESHOLD = 5  # domain.md §2.5: cells under 5 are hidden in shared reports


class Mark(StrEnum):
    """How a count is published."""

    SHOWN = "montre"
    SMALL = "petit"  # written "< 5": from 1 to 4 (a zero is shown, so "< 5" never means zero)
    MASKED = "masque"  # hidden so that no subtraction gives away a neighbour


@dataclass(frozen=True)
class Row:
    """The marks of a list of counts, in their order, and of their total.

    ``whole`` says that the list must not be printed at all: neither its counts, nor which of them are zero.
    """

    marks: tuple[Mark, ...]
    total: Mark
    whole: bool = False


@dataclass(frozen=True)
class Table:
    """The marks of a crossing: cells by row, row totals, column totals, grand total."""

    cells: tuple[tuple[Mark, ...], ...]
    rows: tuple[Mark, ...]
    columns: tuple[Mark, ...]
    total: Mark
    whole: bool = False


def hidden_row(size: int, total: Mark) -> Row:
    """A list that is not printed."""
    return Row((Mark.MASKED,) * size, total, whole=True)
