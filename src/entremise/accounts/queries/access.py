"""Reads of one's own sessions and second factor, and of the limits in time."""

import uuid
from dataclasses import dataclass
from datetime import datetime, timedelta

from entremise.accounts.enums import Limit
from entremise.accounts.models import RateCount, RecoveryCode, SecondFactor, Session, User
from entremise.core.time import now
from entremise.keys.services import lookup_hash

# Tries allowed and the window they are counted in.
LIMITS: dict[str, tuple[int, timedelta]] = {
    Limit.SIGN_IN: (30, timedelta(minutes=15)),
    Limit.SECOND_FACTOR: (5, timedelta(minutes=15)),
    Limit.PASSWORD_RESET: (3, timedelta(hours=1)),
    Limit.PASSWORD_RESET_CLIENT: (20, timedelta(hours=1)),
    Limit.PASSWORD_CHECK: (5, timedelta(minutes=15)),
    Limit.INVITATION: (60, timedelta(hours=1)),
    Limit.EMAIL_CHANGE: (3, timedelta(hours=1)),
}


@dataclass(frozen=True)
class SessionLine:
    """A signed-in browser as its owner sees it; ``reference`` names it without giving its key."""

    reference: str
    device: str
    created_at: datetime
    seen_at: datetime
    is_current: bool


def session_reference(session_key: str) -> str:
    """A keyed hash of a session's key: safe to show, useless to sign in."""
    return lookup_hash(session_key, "session")[:32]


def list_sessions(user: User, current_key: str | None) -> list[SessionLine]:
    """The open sessions of a person, the current one first, then the last seen."""
    rows = Session.objects.filter(user=user, expire_date__gt=now()).order_by("-seen_at")
    lines = [
        SessionLine(
            session_reference(row.session_key),
            row.device or "Appareil inconnu",
            row.created_at,
            row.seen_at,
            row.session_key == current_key,
        )
        for row in rows
    ]
    return sorted(lines, key=lambda line: not line.is_current)


def second_factor_of(user: User) -> SecondFactor | None:
    """The confirmed second factor of a person, if any."""
    return SecondFactor.objects.filter(user=user, confirmed_at__isnull=False).first()


def pending_second_factor_of(user: User) -> SecondFactor | None:
    """The second factor being set up, if any."""
    return SecondFactor.objects.filter(user=user, confirmed_at=None).first()


def confidences_closed_until(user_id: uuid.UUID | None) -> datetime | None:
    """When what was confided to this person opens again; None when it is open (see ``services.confidences``)."""
    if user_id is None:
        return None
    until = User.objects.filter(pk=user_id).values_list("confidences_closed_until", flat=True).first()
    return until if until is not None and until > now() else None


def count_recovery_codes(user: User) -> int:
    """How many recovery codes are still unused."""
    return RecoveryCode.objects.filter(user=user, used_at=None).count()


def subject_hash(purpose: str, subject: str) -> str:
    """What a limit is counted against, unreadable."""
    return lookup_hash(subject, f"limit:{purpose}")


def limited_until(purpose: str, subject: str) -> datetime | None:
    """When one may try again, or None while tries are left."""
    allowed, window = LIMITS[purpose]
    row = RateCount.objects.filter(purpose=purpose, subject_hash=subject_hash(purpose, subject)).first()
    if row is None or row.count < allowed or row.since + window <= now():
        return None
    return row.since + window
