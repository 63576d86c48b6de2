"""Reads of the agreement and of its follow-up. Callers hold a case from ``get_vault``."""

import datetime as dt
import uuid

from django.db.models import QuerySet

from entremise.core.actor import Actor
from entremise.core.db import get_one, open_together
from entremise.core.time import today
from entremise.mediations.models import Case, FollowUp, MediationAgreement

AHEAD = dt.timedelta(days=3)


def latest_agreement(case: Case) -> MediationAgreement | None:
    """The draft when there is one, else the last agreement concluded, with undertakings and signatures."""
    parts = ("undertakings__party", "signatures__party")
    found = MediationAgreement.objects.filter(case=case).prefetch_related(*parts).order_by("drafted_at", "pk").last()
    if found is not None:
        open_together(found.undertakings.all(), "what", "checked_how")
    return found


def follow_ups_of(case: Case) -> list[FollowUp]:
    """Every follow-up, in order, with its answers."""
    return list(FollowUp.objects.filter(case=case).prefetch_related("answers__party").order_by("due_on"))


def get_follow_up(case: Case, follow_up_id: uuid.UUID) -> FollowUp:
    """A follow-up of this case; NotFound for any other."""
    return get_one(FollowUp.objects.filter(case=case, pk=follow_up_id).prefetch_related("answers__party"))


def due_follow_ups(actor: Actor) -> QuerySet[FollowUp]:
    """The follow-ups of the actor's own cases that are due within three days, the nearest first."""
    mine = FollowUp.objects.visible_to(actor).filter(done_on=None, due_on__lte=today() + AHEAD)
    return mine.select_related("case").order_by("due_on", "pk")
