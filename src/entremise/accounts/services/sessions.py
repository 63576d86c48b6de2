"""Closing sessions: the row goes, so the browser is signed out at its next request."""

from django.db import transaction

from entremise.accounts.events import SessionsClosed
from entremise.accounts.models import Session, User
from entremise.accounts.queries import session_reference
from entremise.core.actor import Actor
from entremise.core.errors import NotFound
from entremise.core.time import now
from entremise.journal.services import publish


@transaction.atomic
def close_session(*, actor: Actor, user: User, reference: str) -> None:
    """Close one of one's own sessions; NotFound when it is not."""
    for row in Session.objects.filter(user=user):
        if session_reference(row.session_key) == reference:
            row.delete()
            publish(SessionsClosed(actor=actor, target_id=user.pk, codes={"sessions": 1}))
            return
    raise NotFound("session")


@transaction.atomic
def close_other_sessions(*, actor: Actor, user: User, current_key: str | None) -> int:
    """Close every session of a person but the current one; how many were closed."""
    closed, _ = Session.objects.filter(user=user).exclude(session_key=current_key or "").delete()
    if closed:
        publish(SessionsClosed(actor=actor, target_id=user.pk, codes={"sessions": closed}))
    return closed


def close_every_session(*, actor: Actor, user: User) -> int:
    """Close all of them (departure, new password by link)."""
    return close_other_sessions(actor=actor, user=user, current_key=None)


def mark_seen(session_key: str) -> None:
    """Note that a browser was seen; the middleware calls it every few minutes at most."""
    Session.objects.filter(session_key=session_key).update(seen_at=now())


def close_all_sessions() -> int:
    """Sign everybody out (after a restore: a session closed since the backup must not come back); how many."""
    return Session.objects.all().delete()[0]
