"""Limits in time, counted in the database so that every worker counts together."""

from datetime import datetime

from django.db import transaction

from entremise.accounts.models import RateCount
from entremise.accounts.queries import LIMITS, limited_until, subject_hash
from entremise.core.time import now


@transaction.atomic
def count(purpose: str, subject: str) -> int:
    """One more try, and how many that makes; the window starts again once it has passed."""
    _, window = LIMITS[purpose]
    row, _ = RateCount.objects.select_for_update().get_or_create(
        purpose=purpose, subject_hash=subject_hash(purpose, subject)
    )
    if row.since + window <= now():
        row.since, row.count = now(), 0
    row.count += 1
    row.save()
    return row.count


def spend(purpose: str, subject: str) -> datetime | None:
    """Count one try, or say until when no more is allowed (and then count nothing)."""
    allowed, window = LIMITS[purpose]
    until = limited_until(purpose, subject)
    if until is None and count(purpose, subject) > allowed:
        return now() + window  # others tried at the same instant
    return until


def clear(purpose: str, subject: str) -> None:
    """Forget the tries of a subject that succeeded."""
    RateCount.objects.filter(purpose=purpose, subject_hash=subject_hash(purpose, subject)).delete()
