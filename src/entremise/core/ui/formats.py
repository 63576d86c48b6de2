"""Dates, hours and delays as staff read them: compact, in French, never ambiguous."""

import datetime as dt
from typing import Any

from django.utils.formats import date_format

from entremise.core.time import local, now, today

NBSP = "\N{NO-BREAK SPACE}"
NOTHING = "–"
_MONTHS = ("janv.", "févr.", "mars", "avr.", "mai", "juin", "juil.", "août", "sept.", "oct.", "nov.", "déc.")
_DAYS_AS_MONTHS, _DAYS_AS_YEARS = 60, 730


def hours(value: dt.timedelta | float | None) -> str:
    """A duration (timedelta, or a number of minutes): "45 min", "3 h", "118 h 20"; no-break spaces."""
    if value is None or value == "":
        return NOTHING
    minutes = round(value.total_seconds() / 60) if isinstance(value, dt.timedelta) else round(float(value))
    sign, minutes = ("−" if minutes < 0 else ""), abs(minutes)
    if minutes < 60:
        return f"{sign}{minutes}{NBSP}min"
    whole, rest = divmod(minutes, 60)
    return f"{sign}{whole}{NBSP}h" + (f"{NBSP}{rest:02}" if rest else "")


def clock(value: dt.datetime | dt.time | None) -> str:
    """The local hour: "19:42"."""
    if not value:
        return NOTHING
    return (local(value) if isinstance(value, dt.datetime) else value).strftime("%H:%M")


def short_date(value: dt.date | None) -> str:
    """A day, compact: "23 nov. 2026", "1er nov. 2026"."""
    day = _day(value)
    if day is None:
        return NOTHING
    return f"{_number(day)}{NBSP}{_MONTHS[day.month - 1]}{NBSP}{day.year}"


def long_date(value: dt.date | None) -> str:
    """A day in full: "lundi 23 novembre 2026"."""
    day = _day(value)
    if day is None:
        return NOTHING
    return f"{date_format(day, 'l')} {_number(day)}{NBSP}{date_format(day, 'F')} {day.year}"


def moment(value: dt.datetime | None) -> str:
    """A day and its hour: "23 nov. 2026, 19:42"; the hour alone today."""
    if not value:
        return NOTHING
    return clock(value) if _day(value) == today() else f"{short_date(value)}, {clock(value)}"


def since(value: dt.date | None) -> str:
    """How long ago: "depuis 18:05" today, "depuis hier, 18:05", then "il y a 3 jours"."""
    day = _day(value)
    if value is None or day is None:
        return NOTHING
    days = (today() - day).days
    if days < 0 or (isinstance(value, dt.datetime) and value > now()):
        return _ahead(-days)
    if days <= 1:
        if isinstance(value, dt.datetime):
            return f"depuis {'hier, ' if days else ''}{clock(value)}"
        return "hier" if days else "aujourd’hui"
    return f"il y a {_length(days)}"


def _ahead(days: int) -> str:
    return {0: "aujourd’hui", 1: "demain"}.get(days) or f"dans {_length(days)}"


def _length(days: int) -> str:
    if days < _DAYS_AS_MONTHS:
        return f"{days}{NBSP}jours"
    return f"{days // 30}{NBSP}mois" if days < _DAYS_AS_YEARS else f"{days // 365}{NBSP}ans"


def _day(value: Any) -> dt.date | None:
    if isinstance(value, dt.datetime):
        return local(value).date()
    return value or None


def _number(day: dt.date) -> str:
    return "1er" if day.day == 1 else str(day.day)
