"""What can be proved about badges: each is the one that was signed, each list says exactly what was withdrawn."""

from collections.abc import Iterator

from entremise.certification import minutes_text
from entremise.certification.models import Badge, BadgeKey
from entremise.certification.openbadges import reading
from entremise.certification.queries.badges import did_of
from entremise.core.crypto import CryptoError
from entremise.core.errors import InvalidInput
from entremise.core.verify import Finding

NAME = "certification.badges"


def check_badges() -> Finding:
    """Every badge kept, with the signature of its key and its bit in the list; every key with its list."""
    count, faults = 0, []
    for key in BadgeKey.objects.order_by("organisation_id", "made_at"):
        badges = list(Badge.objects.filter(key=key).select_related("certificate").order_by("issued_at", "pk"))
        count += len(badges)
        for badge in badges:
            faults += [f"{badge.certificate.number} : {fault}" for fault in _faults(key, badge)]
    if faults:
        return Finding(NAME, False, "; ".join(faults[:5]))
    return Finding(NAME, True, f"badges signés : {count}")


def _faults(key: BadgeKey, badge: Badge) -> Iterator[str]:
    if badge.withdrawn_at is None and badge.certificate.revoked_at is not None:
        yield "le certificat est retiré, pas le badge"
    try:
        text = badge.content
    except CryptoError:
        yield "le badge ne s’ouvre pas"
        return
    if not text:
        return  # erased with its holder's file
    if minutes_text.digest_of(text) != badge.digest:
        yield "le badge a changé depuis sa signature"
        return
    try:
        document = reading.read_badge(text.encode())
        if not reading.is_intact(document) or document["issuer"]["id"] != did_of(key):
            yield "la signature du badge ne tient pas"
        elif reading.is_withdrawn(document, key.withdrawn.encode()) != (badge.withdrawn_at is not None):
            yield "la liste des retraits ne dit pas ce qui est enregistré"
    except InvalidInput:
        yield "le badge ou sa liste ne se lit plus"
