"""Reads of certificates; whether a paper shown by anybody is one of ours."""

import hmac
import json
import uuid
from typing import Any

from django.db.models import Prefetch

from entremise.certification.models import Badge, Certificate
from entremise.core.actor import Actor
from entremise.core.db import get_one
from entremise.core.errors import NotFound
from entremise.core.permissions import require
from entremise.journal.queries import events_about
from entremise.keys.services import lookup_hash

_CHECKED = 26  # signs of the check: 104 bits that only this installation can compute


def certificates_of(actor: Actor, candidate_id: uuid.UUID) -> list[Certificate]:
    """The certificates of a candidate that the actor reads, the latest first; ``living_badges``: at most one each.

    ``duplicates``: what the journal says of each paper printed again, oldest first.
    """
    require(actor, "certification.follow")
    found = Certificate.objects.visible_to(actor).filter(candidate_id=candidate_id)
    living = Badge.objects.filter(withdrawn_at=None).defer("content")
    told = Prefetch("badges", queryset=living, to_attr="living_badges")
    rows = list(found.prefetch_related(told).order_by("-delivered_at", "-pk"))
    printed = events_about([one.pk for one in rows], ["certificate.copied"])
    for one in rows:
        one.duplicates = [line for line in printed.get(one.pk, []) if line.codes["copy"] > 1]
    return rows


def get_certificate(actor: Actor, certificate_id: uuid.UUID) -> Certificate:
    """One certificate; NotFound for anybody but its holder and its certifier."""
    require(actor, "certification.follow")
    return get_one(Certificate.objects.visible_to(actor).filter(pk=certificate_id))


def check_of(certificate: Certificate) -> str:
    """What stands beside the number in the address of its verification page, and nowhere in the database."""
    return lookup_hash(str(certificate.pk), "certificate")[:_CHECKED]


def verified(number: str, check: str) -> Certificate:
    """The certificate of this number and check; NotFound when nobody ever printed that paper."""
    for one in Certificate.objects.filter(number=number).select_related("organisation"):
        if hmac.compare_digest(check_of(one).encode(), check.encode()):
            return one
    raise NotFound("certificate")


def read_certificate(certificate: Certificate) -> dict[str, Any]:
    """What the paper says."""
    found: dict[str, Any] = json.loads(certificate.content)
    return found
