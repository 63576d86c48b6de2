"""What a badge says: the achievement, who recognises it, and as little as can be about its holder.

No name, no birth, no free text. A holder who wants the badge tied to an address gets its salted fingerprint, which
only proves what whoever asks already knows.
"""

import datetime as dt
import hashlib
import hmac
import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from entremise.certification.openbadges import contexts, status_list


@dataclass(frozen=True)
class Issuer:
    """Who signs: the key's public name, the body's name, the page that shows its keys."""

    did: str
    name: str
    url: str


@dataclass(frozen=True)
class Target:
    """An entry of the national register that the badge refers to."""

    code: str
    title: str
    url: str


@dataclass(frozen=True)
class Achievement:
    """What was acquired; ``is_whole`` for the certification, otherwise one block of it."""

    code: str
    title: str
    description: str
    criteria: str
    is_whole: bool
    targets: Sequence[Target]


@dataclass(frozen=True)
class Badge:
    """A badge to be signed. ``holder`` is ``salt, fingerprint`` of an address, or None."""

    identifier: uuid.UUID
    issuer: Issuer
    achievement: Achievement
    acquired_on: dt.date
    issued_at: dt.datetime
    proven_by: str
    list_url: str
    position: int
    holder: tuple[str, str] | None = None


def instant(at: dt.datetime) -> str:
    """To the second, in UTC."""
    return at.astimezone(dt.UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def hashed_address(address: str, salt: str) -> str:
    """The fingerprint of an address, whatever its capitals, as Open Badges writes it."""
    return "sha256$" + hashlib.sha256((address.strip().lower() + salt).encode()).hexdigest()


def is_tied_to(document: dict[str, Any], address: str) -> bool:
    """Whether the badge was tied to this address by its holder."""
    for one in document["credentialSubject"].get("identifier", []):
        if hmac.compare_digest(one["identityHash"].encode(), hashed_address(address, one["salt"]).encode()):
            return True
    return False


def document(badge: Badge) -> dict[str, Any]:
    """The credential, without its proof."""
    return {
        "@context": [contexts.CREDENTIALS, contexts.BADGES],
        "id": badge.identifier.urn,
        "type": ["VerifiableCredential", "OpenBadgeCredential"],
        "name": badge.achievement.title,
        "issuer": {
            "id": badge.issuer.did,
            "type": ["Profile"],
            "name": badge.issuer.name,
            "url": badge.issuer.url,
        },
        "validFrom": instant(badge.issued_at),
        "awardedDate": f"{badge.acquired_on.isoformat()}T00:00:00Z",
        "credentialSubject": _subject(badge),
        "evidence": [{"type": ["Evidence"], "name": "Procès-verbal de jury", "narrative": badge.proven_by}],
        "credentialStatus": status_list.entry(badge.list_url, badge.position),
    }


def _subject(badge: Badge) -> dict[str, Any]:
    one = badge.achievement
    found: dict[str, Any] = {
        "id": uuid.uuid5(badge.identifier, "holder").urn,  # of this badge alone: two badges tell nobody they are one's
        "type": ["AchievementSubject"],
        "achievement": {
            "id": uuid.uuid5(uuid.NAMESPACE_URL, f"{badge.issuer.url}#{one.code}").urn,
            "type": ["Achievement"],
            "achievementType": "Certification" if one.is_whole else "MicroCredential",
            "humanCode": one.code,
            "inLanguage": "fr",
            "name": one.title,
            "description": one.description,
            "criteria": {"narrative": one.criteria},
            "alignment": [_alignment(target) for target in one.targets],
        },
    }
    if badge.holder:
        salt, fingerprint = badge.holder
        found["identifier"] = [
            {
                "type": "IdentityObject",
                "hashed": True,
                "identityHash": fingerprint,
                "identityType": "emailAddress",
                "salt": salt,
            }
        ]
    return found


def _alignment(target: Target) -> dict[str, Any]:
    return {
        "type": ["Alignment"],
        "targetName": target.title,
        "targetUrl": target.url,
        "targetCode": target.code,
        "targetFramework": "Répertoire national des certifications professionnelles",
    }
