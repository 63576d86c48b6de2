"""One text for one content: what is fingerprinted, signed or frozen reads the same on every machine."""

import hashlib
import json
from typing import Any


def canonical(content: Any) -> str:
    """Sorted keys, no space, no escape: the text that is fingerprinted and signed."""
    return json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def digest_of(text: str) -> str:
    """SHA-256 (hex) of a canonical text."""
    return hashlib.sha256(text.encode()).hexdigest()
