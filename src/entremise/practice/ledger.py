"""Hours of internship and months of experience. Pure: what overlaps is counted once, and what is attested apart."""

import calendar
import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

NBSP = "\N{NO-BREAK SPACE}"
HOURS_A_DAY = 10  # what a day of internship can hold at most, article L3121-18 of the labour code
_DAYS_A_MONTH = 30  # what is left over beside whole months


@dataclass(frozen=True)
class Span:
    """From a day to a day, both included."""

    start: dt.date
    end: dt.date

    @property
    def days(self) -> int:
        """How many days, both ends counted."""
        return (self.end - self.start).days + 1


def merged(spans: Iterable[Span]) -> list[Span]:
    """The same days without overlap, spans that touch put together."""
    found: list[Span] = []
    for span in sorted(spans, key=lambda one: (one.start, one.end)):
        if found and span.start <= found[-1].end + dt.timedelta(days=1):
            found[-1] = Span(found[-1].start, max(found[-1].end, span.end))
        else:
            found.append(span)
    return found


def months(spans: Iterable[Span]) -> int:
    """Whole months these spans add up to, what overlaps counted once; days left over make months of thirty."""
    whole, rest = 0, 0
    for span in merged(spans):
        after = span.end + dt.timedelta(days=1)
        count = (after.year - span.start.year) * 12 + after.month - span.start.month
        count -= _months_after(span.start, count) > after
        whole, rest = whole + count, rest + (after - _months_after(span.start, count)).days
    return whole + rest // _DAYS_A_MONTH


def _months_after(day: dt.date, count: int) -> dt.date:
    rank = day.year * 12 + day.month - 1 + count
    year, month = divmod(rank, 12)
    return dt.date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def hours(lines: Sequence[tuple[Span, int]]) -> int:
    """Hours of these internships; two that overlap never make more than their days can hold."""
    room = sum(span.days for span in merged(span for span, _ in lines)) * HOURS_A_DAY
    return min(sum(count for _, count in lines), room)


@dataclass(frozen=True)
class Totals:
    """What a ledger adds up to: as its author declares it, and as somebody attested it."""

    hours: int
    hours_attested: int
    months: int
    months_attested: int


def missing(totals: Totals, asked_hours: int | None, asked_months: int | None) -> list[str]:
    """What the attested lines still lack, in sentences; empty when the record asks nothing more."""
    found = []
    if asked_hours and totals.hours_attested < asked_hours:
        lacking = asked_hours - totals.hours_attested
        found.append(f"{totals.hours_attested} h de stage attestées sur {asked_hours}{NBSP}: il manque {lacking} h.")
    if asked_months and totals.months_attested < asked_months:
        lacking = asked_months - totals.months_attested
        found.append(
            f"{totals.months_attested} mois d’expérience attestés sur {asked_months}{NBSP}: il manque {lacking} mois."
        )
    return found
