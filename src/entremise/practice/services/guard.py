"""What is confided to one person stays shut for 72 hours after a way in that proves nothing of them (ADR 0010)."""

from entremise.accounts.queries import confidences_closed_until
from entremise.core.actor import Actor
from entremise.core.errors import NotAllowed


def require_open(actor: Actor) -> None:
    """Raise NotAllowed while the actor's confidences are shut; the pages say until when before it comes to this."""
    if confidences_closed_until(actor.user_id) is not None:
        raise NotAllowed("practice.confidences_shut")
