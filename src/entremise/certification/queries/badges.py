"""Reads of badges and of their keys; what anybody who holds a badge is told of it."""

import datetime as dt
import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from entremise.certification.models import Badge, BadgeKey, Certificate
from entremise.certification.openbadges import credential, proof, reading
from entremise.core.actor import Actor
from entremise.core.db import get_one
from entremise.core.errors import NotFound
from entremise.core.permissions import require


@dataclass(frozen=True)
class Verdict:
    """What is true of a badge; ``state``: ``valid``, ``withdrawn``, ``altered`` or ``unknown`` (another's key).

    ``is_tied``: whether it is tied to the address that was asked about, None when none was.
    """

    state: str
    badge: dict[str, Any]
    body: str = ""
    withdrawn_at: dt.datetime | None = None
    is_tied: bool | None = None

    @property
    def acquired_on(self) -> dt.date:
        """The day of the jury's decision."""
        return reading.acquired_on(self.badge)


def did_of(key: BadgeKey) -> str:
    """The whole public name of a key."""
    return proof.DID + key.public


def living_badges(certificates: Sequence[Certificate]) -> dict[uuid.UUID, Badge]:
    """The badge in force of each of these certificates; one query."""
    found = Badge.objects.filter(certificate_id__in=[one.pk for one in certificates], withdrawn_at=None)
    return {badge.certificate_id: badge for badge in found}


def get_badge(certificate: Certificate) -> Badge:
    """The badge of a certificate already read by who asks; NotFound when it has none in force, or was erased."""
    found = living_badges([certificate]).get(certificate.pk)
    if found is None or not found.content:
        raise NotFound("badge")
    return found


def public_key(public: str) -> BadgeKey:
    """A key, for anybody who has read its name in a badge; NotFound when it is not of this installation."""
    return get_one(BadgeKey.objects.filter(public=public).select_related("organisation"))


def keys_beside(key: BadgeKey) -> list[BadgeKey]:
    """All the keys of the same certifier, the latest first: they are public."""
    found = BadgeKey.objects.filter(organisation_id=key.organisation_id).defer("seed", "withdrawn")
    return list(found.order_by("-made_at", "-pk"))


def keys_of(actor: Actor) -> list[BadgeKey]:
    """The certifier's keys, the latest first."""
    require(actor, "certification.manage")
    return list(BadgeKey.objects.visible_to(actor).defer("seed", "withdrawn").order_by("-made_at", "-pk"))


def judge(content: bytes, address: str = "") -> Verdict:
    """What is true of this badge, here and now; InvalidInput (``file``) when it is not one."""
    badge = reading.read_badge(content)
    if not reading.is_intact(badge):
        return Verdict("altered", badge)
    public = badge["issuer"]["id"].removeprefix(proof.DID)
    key = BadgeKey.objects.filter(public=public).select_related("organisation").first()
    if key is None:
        return Verdict("unknown", badge)
    told: dict[str, Any] = {"badge": badge, "body": key.organisation.name}
    if address.strip():
        told["is_tied"] = credential.is_tied_to(badge, address)
    if reading.is_withdrawn(badge, key.withdrawn.encode()):
        gone = Badge.objects.filter(key=key, position=reading.position_of(badge)).first()
        return Verdict("withdrawn", withdrawn_at=gone.withdrawn_at if gone else None, **told)
    return Verdict("valid", **told)
