"""Periods are named, bounded and compared as people understand them."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from entremise.statistics.enums import Comparison
from entremise.statistics.periods import between, month_of, parse, previous, recent


@pytest.mark.parametrize(
    ("code", "start", "end", "label"),
    [
        ("2026-10", "2026-10-01", "2026-10-31", "octobre 2026"),
        ("2024-02", "2024-02-01", "2024-02-29", "février 2024"),
        ("2026-T1", "2026-01-01", "2026-03-31", "1er trimestre 2026"),
        ("2026-T4", "2026-10-01", "2026-12-31", "4e trimestre 2026"),
        ("2026", "2026-01-01", "2026-12-31", "2026"),
        ("2026-10-05..2026-12-01", "2026-10-05", "2026-12-01", "du 5 octobre 2026 au 1er décembre 2026"),
    ],
)
def test_a_code_names_its_days(code, start, end, label):
    period = parse(code)
    assert (period.start.isoformat(), period.end.isoformat(), period.label) == (start, end, label)


@pytest.mark.parametrize(
    "code", ["", "2026-13", "2026-T5", "1000", "2026-10-05..2026-10-04", "octobre", "2026-02-30..2026-03-30"]
)
def test_what_names_no_period_is_refused(code):
    with pytest.raises(ValueError, match=r"\S"):
        parse(code)


def test_two_dates_that_make_a_month_are_that_month():
    assert between(dt.date(2026, 10, 1), dt.date(2026, 10, 31)).code == "2026-10"
    assert between(dt.date(2026, 10, 1), dt.date(2026, 12, 31)).code == "2026-T4"
    assert between(dt.date(2026, 1, 1), dt.date(2026, 12, 31)).code == "2026"


@pytest.mark.parametrize(
    ("code", "comparison", "expected"),
    [
        ("2026-10", Comparison.AN, "2025-10"),
        ("2026-01", Comparison.AVANT, "2025-12"),
        ("2026-T1", Comparison.AVANT, "2025-T4"),
        ("2026", Comparison.AVANT, "2025"),
        ("2024-02", Comparison.AN, "2023-02"),
        ("2025-02", Comparison.AN, "2024-02"),  # the 28th becomes the 29th: a whole month stays whole
        ("2026-10-05..2026-12-01", Comparison.AN, "2025-10-05..2025-12-01"),
        ("2026-10-05..2026-11-05", Comparison.AVANT, "2026-09-03..2026-10-04"),
        ("2026-11-01..2026-12-31", Comparison.AVANT, "2026-09-01..2026-10-31"),
    ],
)
def test_a_period_is_compared_with_one_of_the_same_length(code, comparison, expected):
    assert previous(parse(code), comparison).code == expected


@given(st.dates(dt.date(2000, 1, 1), dt.date(2090, 1, 1)), st.integers(0, 800), st.sampled_from(Comparison))
def test_the_compared_period_comes_before_and_never_overlaps_when_it_is_the_one_before(start, days, comparison):
    period = between(start, start + dt.timedelta(days=days))
    before = previous(period, comparison)
    assert before.start < period.start
    assert comparison is not Comparison.AVANT or before.end == period.start - dt.timedelta(days=1)


def test_the_periods_asked_most_come_first():
    groups = dict(recent(dt.date(2026, 2, 23)))
    assert [code for code, _ in groups["Mois"]][:3] == ["2026-02", "2026-01", "2025-12"]
    assert [code for code, _ in groups["Trimestre"]][:2] == ["2026-T1", "2025-T4"]
    assert len(groups["Mois"]) == 13
    assert month_of(dt.date(2026, 2, 23)).code == "2026-02"
