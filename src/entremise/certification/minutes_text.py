"""What minutes say, as one canonical text: the same words give the same fingerprint on every machine."""

import hashlib
from typing import Any

from entremise.core.canonical import canonical, digest_of

GENESIS = "0" * 64
__all__ = ["GENESIS", "addendum_digest", "canonical", "chained", "digest_of"]


def chained(previous: str, digest: str, number: str) -> str:
    """The seal of minutes: their fingerprint and number, tied to the seal before."""
    return hashlib.sha256(f"{previous}\n{number}\n{digest}".encode()).hexdigest()


def addendum_digest(minutes_seal: str, rank: int, content: Any) -> str:
    """The fingerprint of an addendum, tied to the seal of its minutes."""
    return hashlib.sha256(f"{minutes_seal}\n{rank}\n{canonical(content)}".encode()).hexdigest()
