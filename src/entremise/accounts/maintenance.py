"""Periodic work: what has lapsed goes away."""

from datetime import timedelta

from axes.models import AccessAttempt

from entremise.accounts.models import RateCount
from entremise.accounts.services import invitations, sessions
from entremise.core import schedule
from entremise.core.time import now

KEPT = timedelta(days=1)  # how long a refused try is remembered, longer than any limit


def register_jobs() -> None:
    """Add this module's work to `entremise tick`."""
    schedule.register("comptes.menage", clean)


def clean() -> str:
    """Expired sessions, lapsed invitations' addresses, old tries."""
    closed, erased = sessions.delete_expired(), invitations.delete_lapsed()
    RateCount.objects.filter(since__lte=now() - KEPT).delete()
    AccessAttempt.objects.filter(attempt_time__lte=now() - KEPT).delete()
    return f"{closed} sessions expirées, {erased} invitations éteintes"
