"""The clock of article 12.3 of the RGPD: one month from receipt, three when extended.

Counted as regulation (CEE, Euratom) no 1182/71 says (article 3), which the guidelines 01/2022 of the European Data
Protection Board apply to requests: the day of receipt does not count; the period ends on the same date of the last
month, or on the last day of that month when it has no such date (received on 31 January: 28 or 29 February); a period
that would end on a Saturday, a Sunday or a public holiday ends with the next working day.
"""

import calendar
import datetime as dt
from functools import lru_cache

MONTHS, EXTENDED = 1, 3


def answer_by(received: dt.date, *, extended: bool = False) -> dt.date:
    """The last day to answer a request received on that day."""
    return next_working_day(add_months(received, EXTENDED if extended else MONTHS))


def add_months(day: dt.date, months: int) -> dt.date:
    """The same date so many months later, or the last day of a shorter month."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return dt.date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def next_working_day(day: dt.date) -> dt.date:
    """The day itself, or the first one after it that is neither a week-end nor a public holiday."""
    while day.weekday() >= calendar.SATURDAY or day in public_holidays(day.year):
        day += dt.timedelta(days=1)
    return day


@lru_cache(maxsize=64)
def public_holidays(year: int) -> frozenset[dt.date]:
    """The eleven of article L. 3133-1 of the code du travail (those of Alsace-Moselle and overseas are not here)."""
    easter = _easter(year)
    fixed = [(1, 1), (5, 1), (5, 8), (7, 14), (8, 15), (11, 1), (11, 11), (12, 25)]
    moving = [easter + dt.timedelta(days=days) for days in (1, 39, 50)]
    return frozenset([*(dt.date(year, month, day) for month, day in fixed), *moving])


def _easter(year: int) -> dt.date:
    """Sunday of Easter in the Gregorian calendar (Gauss's computation, corrected)."""
    golden, century = year % 19, year // 100
    epact = (century - century // 4 - (8 * century + 13) // 25 + 19 * golden + 15) % 30
    epact -= (epact // 28) * (1 - (epact // 28) * (29 // (epact + 1)) * ((21 - golden) // 11))
    weekday = (year + year // 4 + epact + 2 - century + century // 4) % 7
    days = epact - weekday
    month = 3 + (days + 40) // 44
    return dt.date(year, month, days + 28 - 31 * (month // 4))
