"""The month of article 12.3, counted as the European regulation on time limits counts months."""

import datetime as dt

import pytest

from entremise.privacy.deadlines import add_months, answer_by, public_holidays

D = dt.date


@pytest.mark.parametrize(
    ("received", "due"),
    [
        (D(2026, 3, 5), D(2026, 4, 7)),  # 5 April is Easter Sunday, the 6th a holiday
        (D(2026, 9, 15), D(2026, 10, 15)),
        (D(2027, 1, 31), D(2027, 3, 1)),  # no 31 February; the 28th is a Sunday
        (D(2028, 1, 31), D(2028, 2, 29)),  # a leap year, on a Tuesday
        (D(2026, 8, 31), D(2026, 9, 30)),
        (D(2026, 12, 1), D(2027, 1, 4)),  # 1 January, then a week-end
        (D(2026, 4, 30), D(2026, 6, 1)),  # 30 May is a Saturday
        (D(2026, 6, 14), D(2026, 7, 15)),  # 14 July
        (D(2026, 11, 30), D(2026, 12, 30)),
    ],
)
def test_one_month_ends_on_the_same_date_or_the_next_working_day(received, due):
    assert answer_by(received) == due


@pytest.mark.parametrize(
    ("received", "due"),
    [(D(2026, 11, 30), D(2027, 3, 1)), (D(2026, 1, 31), D(2026, 4, 30)), (D(2026, 2, 28), D(2026, 5, 28))],
)
def test_an_extension_is_counted_from_the_day_of_receipt(received, due):
    assert answer_by(received, extended=True) == due


def test_holidays_of_a_year_hold_the_three_that_move():
    days = public_holidays(2026)
    assert {D(2026, 4, 6), D(2026, 5, 14), D(2026, 5, 25)} <= days
    assert len(days) == 11
    assert D(2024, 4, 1) in public_holidays(2024)
    assert D(2025, 4, 21) in public_holidays(2025)
    assert D(2038, 4, 26) in public_holidays(2038)  # the latest Easter of the century
    assert D(2049, 4, 19) in public_holidays(2049)


def test_months_pass_from_one_year_to_the_next():
    assert add_months(D(2026, 12, 31), 2) == D(2027, 2, 28)
