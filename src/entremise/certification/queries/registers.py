"""What an auditor reads: sealed minutes, certificates by number, deposits. No grid, no file, no civil status."""

import uuid

from django.db.models import Count, Q, QuerySet

from entremise.certification.enums import DepositState
from entremise.certification.models import Certificate, Deposit, Minutes
from entremise.core.actor import Actor
from entremise.core.db import get_one
from entremise.core.permissions import require


def sealed_minutes(actor: Actor) -> QuerySet[Minutes]:
    """The sealed minutes of the certifier, the latest first, without their text."""
    require(actor, "certification.audit")
    found = Minutes.objects.filter(organisation_id=actor.organisation_id, sealed_at__isnull=False)
    return found.select_related("session").defer("content").order_by("-year", "-rank")


def read_sealed(actor: Actor, minutes_id: uuid.UUID) -> Minutes:
    """One of them, whole; NotFound while it is not sealed, and once its text is erased."""
    require(actor, "certification.audit")
    rows = Minutes.objects.filter(organisation_id=actor.organisation_id, sealed_at__isnull=False, erased_at=None)
    return get_one(rows.select_related("session").prefetch_related("signatures", "addenda").filter(pk=minutes_id))


def certificate_register(actor: Actor) -> QuerySet[Certificate]:
    """Every certificate by its number: what was delivered and when, how often printed, whether it holds. No holder."""
    require(actor, "certification.audit")
    found = Certificate.objects.filter(organisation_id=actor.organisation_id).defer("content", "revocation")
    return found.order_by("-year", "-rank")


def deposit_register(actor: Actor) -> QuerySet[Deposit]:
    """The files of the official deposit with their counts and fingerprints."""
    require(actor, "certification.audit")
    counted = {
        "sent": Count("lines"),
        "accepted": Count("lines", filter=Q(lines__state=DepositState.ACCEPTED)),
        "rejected": Count("lines", filter=Q(lines__state=DepositState.REJECTED)),
    }
    rows = Deposit.objects.filter(organisation_id=actor.organisation_id).annotate(**counted)
    return rows.order_by("-stamped_at", "-pk")
