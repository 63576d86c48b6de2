"""Reads of presence timers."""

import datetime as dt
import uuid

from django.db.models import QuerySet

from entremise.core.actor import Actor
from entremise.core.db import get_one
from entremise.core.time import now
from entremise.safety.models import PresenceTimer

SHOWN_AFTER = dt.timedelta(hours=1)  # a timer that ended stays in sight this long


def current_timer(actor: Actor) -> PresenceTimer | None:
    """The actor's running timer, else the one that ended within the hour."""
    own = PresenceTimer.objects.visible_to(actor).filter(due_at__gte=now() - SHOWN_AFTER)
    return own.order_by("-armed_at").first()


def get_timer(actor: Actor, timer_id: uuid.UUID) -> PresenceTimer:
    """One of the actor's own timers; NotFound otherwise."""
    return get_one(PresenceTimer.objects.visible_to(actor).filter(pk=timer_id))


def overdue_timers(since: dt.timedelta = dt.timedelta()) -> QuerySet[PresenceTimer]:
    """Running timers past their hour, on the whole installation: what the watch must act on."""
    return PresenceTimer.objects.running().filter(due_at__lte=now() - since).order_by("due_at")
