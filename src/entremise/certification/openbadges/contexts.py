"""The two vocabularies a badge names, read from an installed package and never from the network.

Their text is third-party: it stays in the package that carries it. What a signature covers depends on them to the
byte, so a copy whose fingerprint is not the published one is refused, and so is any other vocabulary.
"""

import hashlib
import importlib.util
import json
from functools import cache
from pathlib import Path
from typing import Any

CREDENTIALS = "https://www.w3.org/ns/credentials/v2"
BADGES = "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json"
_PACKAGE = "openbadgeslib"
# Address → file of the package, SHA-256. The first is the one printed in the W3C's recommendation.
_FILES = {
    CREDENTIALS: (
        "ob3/contexts/credentials-v2.json",
        "59955ced6697d61e03f2b2556febe5308ab16842846f5b586d7f1f7adec92734",
    ),
    BADGES: (
        "ob3/contexts/ob-v3p0-context-3.0.3.json",
        "3d34f4d4ef1bce691106e63798beb5e7b862ba841423f5ee1e53ab7ddf3bca84",
    ),
}


class UnknownContext(Exception):
    """A vocabulary that is not one of the two, or whose text is not the published one."""


@cache
def vocabulary(address: str) -> dict[str, Any]:
    """The text at this address; raises UnknownContext."""
    if address not in _FILES:
        raise UnknownContext(address)
    name, digest = _FILES[address]
    content = (_folder() / name).read_bytes()
    if hashlib.sha256(content).hexdigest() != digest:
        raise UnknownContext(f"{address}: not the published text")
    found: dict[str, Any] = json.loads(content)
    return found


def load(address: str, _options: Any = None) -> dict[str, Any]:
    """What the canonicalisation asks for each address it meets, in the form it expects."""
    document = vocabulary(address)
    return {"contentType": "application/ld+json", "contextUrl": None, "documentUrl": address, "document": document}


def _folder() -> Path:
    """Where the package lies; it is not imported, its code is not ours to run here."""
    spec = importlib.util.find_spec(_PACKAGE)
    if spec is None or not spec.submodule_search_locations:
        raise UnknownContext(_PACKAGE)
    return Path(spec.submodule_search_locations[0])
