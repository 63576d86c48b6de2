"""What minutes say, as one canonical text: the same words give the same fingerprint on every machine."""

import hashlib
import json
from typing import Any

GENESIS = "0" * 64


def canonical(content: Any) -> str:
    """Sorted keys, no space, no escape: the text that is fingerprinted and signed."""
    return json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def digest_of(text: str) -> str:
    """SHA-256 (hex) of a canonical text."""
    return hashlib.sha256(text.encode()).hexdigest()


def chained(previous: str, digest: str, number: str) -> str:
    """The seal of minutes: their fingerprint and number, tied to the seal before."""
    return hashlib.sha256(f"{previous}\n{number}\n{digest}".encode()).hexdigest()


def addendum_digest(minutes_seal: str, rank: int, content: Any) -> str:
    """The fingerprint of an addendum, tied to the seal of its minutes."""
    return hashlib.sha256(f"{minutes_seal}\n{rank}\n{canonical(content)}".encode()).hexdigest()
