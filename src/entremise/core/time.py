"""Clock and calendar as people of the field use them (legal time of mainland France by default)."""

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from django.utils import timezone

_told: ContextVar[dt.datetime | None] = ContextVar("told", default=None)


def now() -> dt.datetime:
    """The present instant, aware. Tests move it with time-machine."""
    return _told.get() or timezone.now()


def today() -> dt.date:
    """The present date in the configured time zone."""
    return timezone.localdate(_told.get())


@contextmanager
def told_at(instant: dt.datetime) -> Iterator[None]:
    """Live the block at a past instant: the demonstration tells its three months through the services."""
    token = _told.set(instant)
    try:
        yield
    finally:
        _told.reset(token)


def local(instant: dt.datetime) -> dt.datetime:
    """The instant in the configured time zone."""
    return timezone.localtime(instant)


def day_bounds(day: dt.date) -> tuple[dt.datetime, dt.datetime]:
    """Start of the day and start of the next, both aware: ``start <= x < end``, right on days of 23 or 25 h."""
    zone = timezone.get_current_timezone()
    start = dt.datetime.combine(day, dt.time.min, tzinfo=zone)
    end = dt.datetime.combine(day + dt.timedelta(days=1), dt.time.min, tzinfo=zone)
    return start, end


def period_bounds(first: dt.date, last: dt.date) -> tuple[dt.datetime, dt.datetime]:
    """The same for a period whose first and last days are both included."""
    return day_bounds(first)[0], day_bounds(last)[1]
