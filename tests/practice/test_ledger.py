"""Hours and months: overlaps counted once, and a day more or less seen."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from entremise.practice import ledger
from entremise.practice.ledger import Span, Totals

FIRST = dt.date(2020, 1, 1)
DAYS = st.integers(0, 2_500).map(lambda rank: FIRST + dt.timedelta(days=rank))
SPANS = st.lists(st.tuples(DAYS, DAYS).map(lambda pair: Span(min(pair), max(pair))), max_size=8)


def span(first, last):
    return Span(dt.date.fromisoformat(first), dt.date.fromisoformat(last))


@pytest.mark.parametrize(
    ("spans", "months"),
    [
        ([("2025-01-15", "2025-07-14")], 6),
        ([("2025-01-15", "2025-07-13")], 5),
        ([("2025-01-31", "2025-02-27")], 1),  # no 31st in February: the month ends with it (CPC, art. 641)
        ([("2024-12-01", "2025-02-28")], 3),
        ([("2025-01-01", "2025-03-31"), ("2025-02-01", "2025-06-30")], 6),
        ([("2025-01-01", "2025-03-31"), ("2025-04-01", "2025-06-30")], 6),
        ([("2025-01-01", "2025-01-15"), ("2025-03-01", "2025-03-15")], 1),
        ([], 0),
    ],
)
def test_months_are_those_of_the_calendar(spans, months):
    assert ledger.months(span(*one) for one in spans) == months


@given(SPANS)
def test_the_same_period_said_twice_counts_once_whatever_the_order(spans):
    once = ledger.months(spans)
    assert ledger.months([*spans, *reversed(spans)]) == once
    covered = {one.start + dt.timedelta(days=rank) for one in spans for rank in range(one.days)}
    assert sum(one.days for one in ledger.merged(spans)) == len(covered)
    assert once <= len(covered) / 28


def test_two_internships_of_the_same_days_hold_no_more_hours_than_these_days():
    week = span("2026-01-05", "2026-01-09")
    assert ledger.hours([(week, 35)]) == 35
    assert ledger.hours([(week, 35), (week, 35)]) == 50


def test_244_hours_or_five_months_say_how_much_is_missing():
    short = Totals(hours=245, hours_attested=244, months=6, months_attested=5)
    assert ledger.missing(short, 245, 6) == [
        "244 h de stage attestées sur 245\N{NO-BREAK SPACE}: il manque 1 h.",
        "5 mois d’expérience attestés sur 6\N{NO-BREAK SPACE}: il manque 1 mois.",
    ]
    assert ledger.missing(Totals(245, 245, 6, 6), 245, 6) == []


@pytest.mark.django_db
def test_an_experience_without_a_field_is_told_beside_its_chips(cast, signed_in):
    typed = {"place": "Maison des habitants", "starts_on": "2024-01-10", "nature": "salaried"}
    page = signed_in(cast.samia).post("/pratique/registres/nouvelle/experience", typed)
    assert page.status_code == 422
    assert list(page.context["form"].errors) == ["fields_of"]
    assert 'value="Maison des habitants"' in page.content.decode()
