"""A crossing with its margins, and two lists linked by a crossing that is not printed.

The margins are first protected as lists. Then the reader's deduction is computed exactly (``network``)
and, as long as one hidden number has a single possible value, the smallest count shown beside it is
masked too. When nothing is left to mask, the crossing is not printed.
"""

from collections.abc import Mapping, Sequence

from entremise.core.suppression.marks import THRESHOLD, Mark, Row, Table, hidden_row
from entremise.core.suppression.network import Bounds, Edge, settled
from entremise.core.suppression.rows import suppress_row

_TOTAL: Edge = (("end",), ("start",))
_MOST_ROUNDS = 40  # past this, so much would be masked that printing it would say nothing


def suppress_table(cells: Sequence[Sequence[int]], *, threshold: int = THRESHOLD) -> Table:
    """Decide what is shown of a crossing, of its row and column totals and of its grand total."""
    width = len(cells[0]) if cells else 0
    row_totals = [sum(line) for line in cells]
    column_totals = [sum(line[index] for line in cells) for index in range(width)]
    rows, columns = suppress_row(row_totals, threshold=threshold), suppress_row(column_totals, threshold=threshold)
    if rows.whole or columns.whole:
        return _hidden(len(cells), width, rows.total)
    values = _flow(cells, row_totals, column_totals)
    marks = {edge: _first_mark(value, threshold) for edge, value in values.items()}
    marks |= {_row(index): mark for index, mark in enumerate(rows.marks)}
    marks |= {_column(index): mark for index, mark in enumerate(columns.marks)}
    if not _protect(values, marks, threshold):
        return _hidden(len(cells), width, rows.total)
    return Table(
        tuple(tuple(marks[_cell(i, j)] for j in range(width)) for i in range(len(cells))),
        tuple(marks[_row(index)] for index in range(len(cells))),
        tuple(marks[_column(index)] for index in range(width)),
        marks[_TOTAL],
    )


def protect_linked(
    crossing: Mapping[tuple[int, int], int], *, sizes: tuple[int, int], threshold: int = THRESHOLD
) -> tuple[Row, Row]:
    """Two lists of one total, such as acts by residence and acts by type of space.

    ``crossing`` holds the counts of the pairs that may exist, zero or not (a residence without a car park
    is not in it, and everyone knows it); it is not printed. When the two lists together give a hidden
    count away, more of them is masked; in the last resort the second list is not printed.
    """
    lines = [sum(value for (i, _), value in crossing.items() if i == index) for index in range(sizes[0])]
    others = [sum(value for (_, j), value in crossing.items() if j == index) for index in range(sizes[1])]
    first, second = suppress_row(lines, threshold=threshold), suppress_row(others, threshold=threshold)
    if first.whole or second.whole:
        return first, second
    values = {_cell(i, j): value for (i, j), value in crossing.items()}
    values |= {_row(index): value for index, value in enumerate(lines)}
    values |= {_column(index): value for index, value in enumerate(others)}
    values[_TOTAL] = sum(lines)
    marks = dict.fromkeys(values, Mark.MASKED)
    unprinted = {_cell(i, j) for i, j in crossing}
    marks |= {_row(index): mark for index, mark in enumerate(first.marks)}
    marks |= {_column(index): mark for index, mark in enumerate(second.marks)}
    marks[_TOTAL] = Mark.SHOWN
    if not _protect(values, marks, threshold, unprinted):
        return first, hidden_row(sizes[1], Mark.SHOWN)
    return (
        Row(tuple(marks[_row(index)] for index in range(sizes[0])), Mark.SHOWN),
        Row(tuple(marks[_column(index)] for index in range(sizes[1])), Mark.SHOWN),
    )


def _cell(row: int, column: int) -> Edge:
    return ("row", row), ("column", column)


def _row(index: int) -> Edge:
    return ("start",), ("row", index)


def _column(index: int) -> Edge:
    return ("column", index), ("end",)


def _flow(cells: Sequence[Sequence[int]], rows: Sequence[int], columns: Sequence[int]) -> dict[Edge, int]:
    values = {_cell(i, j): value for i, line in enumerate(cells) for j, value in enumerate(line)}
    values |= {_row(index): value for index, value in enumerate(rows)}
    values |= {_column(index): value for index, value in enumerate(columns)}
    values[_TOTAL] = sum(rows)
    return values


def _first_mark(value: int, threshold: int) -> Mark:
    return Mark.SMALL if 0 < value < threshold else Mark.SHOWN


def _bounds(value: int, mark: Mark, most: int, threshold: int, *, printed: bool) -> Bounds:
    if mark is Mark.SHOWN:
        return value, value
    if not printed:
        return 0, most
    return (1, threshold - 1) if mark is Mark.SMALL else (threshold, most)


def _protect(
    values: Mapping[Edge, int],
    marks: dict[Edge, Mark],
    threshold: int,
    unprinted: frozenset[Edge] | set[Edge] = frozenset(),
) -> bool:
    """Mask more, in place, until every printed hidden number keeps two values; False when it cannot."""
    most = values[_TOTAL]
    printed = [edge for edge in values if edge not in unprinted]
    for _ in range(_MOST_ROUNDS):
        bounds = {
            edge: _bounds(value, marks[edge], most, threshold, printed=edge not in unprinted)
            for edge, value in values.items()
        }
        known = settled(values, bounds, printed)
        if not known:
            return True
        beside = [
            (values[edge], str(edge), edge)
            for edge in values
            if marks[edge] is Mark.SHOWN and values[edge] >= threshold and edge != _TOTAL and _touch(edge, known)
        ]
        if not beside:
            return False
        marks[min(beside)[2]] = Mark.MASKED
    return False


def _touch(edge: Edge, others: Sequence[Edge]) -> bool:
    return any(set(edge) & set(other) for other in others)


def _hidden(height: int, width: int, total: Mark) -> Table:
    masked = Mark.MASKED
    return Table(((masked,) * width,) * height, (masked,) * height, (masked,) * width, total, whole=True)
