"""Periods as people name them: a month, a quarter, a year, or two dates. Pure."""

import calendar
import datetime as dt
import re
from dataclasses import dataclass

from entremise.statistics.enums import Comparison

_MONTH = re.compile(r"(\d{4})-(\d{2})")
_QUARTER = re.compile(r"(\d{4})-T([1-4])")
_YEAR = re.compile(r"(\d{4})")
_DATES = re.compile(r"(\d{4}-\d{2}-\d{2})\.\.(\d{4}-\d{2}-\d{2})")
_MONTHS = (  # written here rather than localised: a report reads the same on every machine
    "janvier",
    "février",
    "mars",
    "avril",
    "mai",
    "juin",
    "juillet",
    "août",
    "septembre",
    "octobre",
    "novembre",
    "décembre",
)
FIRST_YEAR, LAST_YEAR = 1990, 2100  # what may be asked starts in 2000 (filters); its comparison, before


@dataclass(frozen=True)
class Period:
    """First and last days, both included, and the code that names them in an address.

    Codes: ``2026-10``, ``2026-T4``, ``2026``, ``2026-10-05..2026-12-20``.
    """

    code: str
    start: dt.date
    end: dt.date

    @property
    def label(self) -> str:
        """How a person says it: "octobre 2026", "4e trimestre 2026", "2026", "du 5 octobre 2026 au …"."""
        if match := _MONTH.fullmatch(self.code):
            return f"{_MONTHS[int(match[2]) - 1]} {match[1]}"
        if match := _QUARTER.fullmatch(self.code):
            return f"{match[2]}{'er' if match[2] == '1' else 'e'} trimestre {match[1]}"
        if _YEAR.fullmatch(self.code):
            return self.code
        return f"du {_day(self.start)} au {_day(self.end)}"

    @property
    def is_whole_months(self) -> bool:
        """True when it begins on the first of a month and ends on the last day of one."""
        return self.start.day == 1 and (self.end + dt.timedelta(days=1)).day == 1


def parse(code: str) -> Period:
    """The period of a code; ValueError when it names none."""
    if match := _MONTH.fullmatch(code):
        return _months(code, int(match[1]), int(match[2]), 1)
    if match := _QUARTER.fullmatch(code):
        return _months(code, int(match[1]), 3 * int(match[2]) - 2, 3)
    if _YEAR.fullmatch(code):
        return _months(code, int(code), 1, 12)
    if match := _DATES.fullmatch(code):
        return between(dt.date.fromisoformat(match[1]), dt.date.fromisoformat(match[2]))
    raise ValueError(f"no period is named {code!r}")


def month_of(day: dt.date) -> Period:
    """The calendar month of a day."""
    return parse(f"{day:%Y-%m}")


def between(start: dt.date, end: dt.date) -> Period:
    """Two days, both included; a ValueError when they are in the wrong order or out of range.

    Two days that make a whole month, quarter or year are named so: one period has one code.
    """
    if end < start or start.year < FIRST_YEAR or end.year > LAST_YEAR:
        raise ValueError("period")
    for code in (f"{start:%Y-%m}", f"{start:%Y}-T{(start.month + 2) // 3}", f"{start:%Y}"):
        known = parse(code)
        if (known.start, known.end) == (start, end):
            return known
    return Period(f"{start.isoformat()}..{end.isoformat()}", start, end)


def previous(period: Period, comparison: str) -> Period:
    """The period to compare with: one year before, or the one just before, of the same length."""
    if comparison == Comparison.AN:
        return between(_shift_months(period.start, -12), _end_shifted(period.end, -12))
    if period.is_whole_months:
        months = (period.end.year - period.start.year) * 12 + period.end.month - period.start.month + 1
        return between(_shift_months(period.start, -months), period.start - dt.timedelta(days=1))
    length = period.end - period.start
    end = period.start - dt.timedelta(days=1)
    return between(end - length, end)


def recent(today: dt.date) -> list[tuple[str, list[tuple[str, str]]]]:
    """The periods one asks for most, as groups of (code, label): thirteen months, five quarters, three years."""
    months = [month_of(_shift_months(today.replace(day=1), -back)) for back in range(13)]
    quarter = (today.month + 2) // 3
    quarters = []
    for back in range(5):
        year, index = divmod(today.year * 4 + quarter - 1 - back, 4)
        quarters.append(parse(f"{year}-T{index + 1}"))
    years = [parse(str(today.year - back)) for back in range(3)]
    groups = {"Mois": months, "Trimestre": quarters, "Année": years}
    return [(name, [(period.code, period.label) for period in periods]) for name, periods in groups.items()]


def _months(code: str, year: int, month: int, count: int) -> Period:
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise ValueError(f"no period is named {code!r}")
    start = dt.date(year, month, 1)  # ValueError for a month that does not exist
    return Period(code, start, _shift_months(start, count) - dt.timedelta(days=1))


def _shift_months(day: dt.date, months: int) -> dt.date:
    """The same day some months away, or the last day of a shorter month."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return dt.date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def _end_shifted(day: dt.date, months: int) -> dt.date:
    """The same, the last day of a month staying one (29 February, 28 February)."""
    shifted = _shift_months(day, months)
    if (day + dt.timedelta(days=1)).day == 1:
        return shifted.replace(day=calendar.monthrange(shifted.year, shifted.month)[1])
    return shifted


def _day(day: dt.date) -> str:
    return f"{'1er' if day.day == 1 else day.day} {_MONTHS[day.month - 1]} {day.year}"
