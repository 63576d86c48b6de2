"""Dates, hours and delays as staff read them."""

import datetime as dt

import pytest
import time_machine

from entremise.core.ui import formats

PARIS_1942 = dt.datetime(2026, 11, 23, 18, 42, tzinfo=dt.UTC)


def plain(text):
    return text.replace("\N{NO-BREAK SPACE}", " ")


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (dt.timedelta(hours=118, minutes=20), "118 h 20"),
        (dt.timedelta(minutes=45), "45 min"),
        (dt.timedelta(0), "0 min"),
        (180, "3 h"),
        (185, "3 h 05"),
        (-70, "−1 h 10"),
        (None, "–"),
    ],
)
def test_hours(value, text):
    assert plain(formats.hours(value)) == text


def test_the_clock_is_local():
    assert formats.clock(PARIS_1942) == "19:42"
    assert formats.clock(dt.time(7, 5)) == "07:05"
    assert formats.clock(None) == "–"


def test_dates():
    assert plain(formats.short_date(PARIS_1942)) == "23 nov. 2026"
    assert plain(formats.short_date(dt.date(2026, 8, 1))) == "1er août 2026"
    assert plain(formats.long_date(dt.date(2026, 11, 23))) == "lundi 23 novembre 2026"
    assert plain(formats.long_date(dt.date(2026, 11, 1))) == "dimanche 1er novembre 2026"
    assert formats.short_date(None) == formats.long_date(None) == formats.moment(None) == "–"


@time_machine.travel("2026-11-23T20:00:00Z", tick=False)
def test_a_moment_of_today_is_an_hour():
    assert formats.moment(PARIS_1942) == "19:42"
    assert plain(formats.moment(PARIS_1942 - dt.timedelta(days=1))) == "22 nov. 2026, 19:42"


@time_machine.travel("2026-11-23T20:00:00Z", tick=False)
@pytest.mark.parametrize(
    ("value", "text"),
    [
        (PARIS_1942, "depuis 19:42"),
        (PARIS_1942 - dt.timedelta(days=1), "depuis hier, 19:42"),
        (PARIS_1942 - dt.timedelta(days=3), "il y a 3 jours"),
        (PARIS_1942 - dt.timedelta(days=90), "il y a 3 mois"),
        (PARIS_1942 - dt.timedelta(days=800), "il y a 2 ans"),
        (dt.date(2026, 11, 23), "aujourd’hui"),
        (dt.date(2026, 11, 22), "hier"),
        (dt.date(2026, 11, 24), "demain"),
        (dt.date(2026, 11, 27), "dans 4 jours"),
        (None, "–"),
    ],
)
def test_since(value, text):
    assert plain(formats.since(value)) == text
