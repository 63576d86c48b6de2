"""Small numbers in a crossing, and in two lists of one total: what is hidden stays hidden."""

import itertools

from hypothesis import given, settings
from hypothesis import strategies as st

from entremise.core.suppression import Mark, protect_linked, suppress_table
from entremise.core.suppression.network import ranges

COUNTS = st.sampled_from([0, 0, 1, 2, 4, 5, 6, 9, 20])
CROSSINGS = st.integers(1, 4).flatmap(
    lambda width: st.lists(st.lists(COUNTS, min_size=width, max_size=width), min_size=1, max_size=4)
)


def looks_like(cells, table):
    """What a reader sees of a crossing."""

    def seen(value, mark):
        return value if mark is Mark.SHOWN else mark

    total = sum(map(sum, cells))
    if table.whole:
        return (seen(total, table.total),)
    return (
        seen(total, table.total),
        tuple(seen(sum(line), mark) for line, mark in zip(cells, table.rows, strict=True)),
        tuple(seen(sum(line), m) for line, m in zip(zip(*cells, strict=True), table.columns, strict=True)),
        tuple(seen(v, m) for line, row in zip(cells, table.cells, strict=True) for v, m in zip(line, row, strict=True)),
    )


def fits(value, seen):
    """True when a value may stand behind what is seen."""
    if seen is Mark.SMALL:
        return 1 <= value <= 4
    if seen is Mark.MASKED:
        return value >= 5
    return value == seen


def test_every_two_by_two_crossing_keeps_two_values_for_each_hidden_number():
    """The attacker solves the whole system by trying every crossing of the same grand total."""
    for total in range(5, 22):
        crossings = [
            (a, b, c, total - a - b - c)
            for a, b, c in itertools.product(range(total + 1), repeat=3)
            if a + b + c <= total
        ]
        views = {looks_like(((a, b), (c, d)), suppress_table([[a, b], [c, d]])) for a, b, c, d in crossings}
        for view in views:
            if len(view) == 1:
                continue
            _, rows, columns, cells = view
            found = [
                (a + b, c + d, a + c, b + d, a, b, c, d)
                for a, b, c, d in crossings
                if all(
                    fits(v, seen)
                    for v, seen in zip((a + b, c + d, a + c, b + d, a, b, c, d), (*rows, *columns, *cells), strict=True)
                )
            ]
            for index, seen in enumerate((*rows, *columns, *cells)):
                if isinstance(seen, Mark):
                    assert len({values[index] for values in found}) > 1, view


@given(st.lists(st.integers(0, 6), min_size=4, max_size=4), st.lists(st.booleans(), min_size=9, max_size=9))
@settings(deadline=None, max_examples=60)
def test_the_reader_s_deduction_is_exact(values, hidden):
    """The network gives the same ranges as trying every crossing."""
    a, b, c, d = values
    edges = [("r0", "c0"), ("r0", "c1"), ("r1", "c0"), ("r1", "c1")]
    edges += [("s", "r0"), ("s", "r1"), ("c0", "e"), ("c1", "e"), ("e", "s")]

    def margins(a, b, c, d):
        return (a, b, c, d, a + b, c + d, a + c, b + d, a + b + c + d)

    true = margins(a, b, c, d)
    bounds = [(0, 6 if i < 4 else 24) if hide else (v, v) for i, (v, hide) in enumerate(zip(true, hidden, strict=True))]
    tried = [
        m
        for m in (margins(*cells) for cells in itertools.product(range(7), repeat=4))
        if all(low <= v <= high for v, (low, high) in zip(m, bounds, strict=True))
    ]
    expected = {edge: (min(m[i] for m in tried), max(m[i] for m in tried)) for i, edge in enumerate(edges) if hidden[i]}
    found = ranges(dict(zip(edges, true, strict=True)), dict(zip(edges, bounds, strict=True)))
    assert found == expected


@given(CROSSINGS)
@settings(deadline=None, max_examples=80)
def test_no_small_number_is_shown_anywhere_in_a_crossing(cells):
    table = suppress_table(cells)
    for seen in itertools.chain.from_iterable(
        part if isinstance(part, tuple) else (part,) for part in looks_like(cells, table)
    ):
        assert isinstance(seen, Mark) or seen == 0 or seen >= 5


def test_a_masked_residence_is_not_given_away_by_the_only_car_park():
    """The residence with the only car park (7 acts) protects the small one (3); the car park must not say 7."""
    crossing = {(0, 0): 30, (1, 0): 20, (2, 0): 3, (3, 1): 7, (0, 2): 25, (1, 2): 16}
    residences, spaces = protect_linked(crossing, sizes=(4, 3))
    assert list(residences.marks) == [Mark.SHOWN, Mark.SHOWN, Mark.SMALL, Mark.MASKED]
    assert spaces.whole or spaces.marks[1] is not Mark.SHOWN


@given(st.dictionaries(st.tuples(st.integers(0, 3), st.integers(0, 3)), COUNTS, min_size=1))
@settings(deadline=None, max_examples=80)
def test_two_linked_lists_never_show_a_small_number(crossing):
    for axis, row in enumerate(protect_linked(crossing, sizes=(4, 4))):
        for index, mark in enumerate(row.marks):
            value = sum(v for pair, v in crossing.items() if pair[axis] == index)
            assert mark is not Mark.SHOWN or value == 0 or value >= 5
