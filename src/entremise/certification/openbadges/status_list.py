"""The list that says which badges were withdrawn (W3C, Bitstring Status List): one bit a badge, most of them unused.

It holds no name and no number: who reads it learns how many were withdrawn, and nothing of whom.
"""

import base64
import gzip
import zlib
from collections.abc import Iterable
from typing import Any

from entremise.certification.openbadges import contexts, proof

LENGTH = 131_072  # the shortest the recommendation allows, so that one badge is lost among many
PURPOSE = "revocation"
_BASE64URL = "u"  # multibase


def entry(address: str, position: int) -> dict[str, Any]:
    """What a badge says of its place in the list."""
    return {
        "id": f"{address}#{position}",
        "type": "BitstringStatusListEntry",
        "statusPurpose": PURPOSE,
        "statusListIndex": str(position),
        "statusListCredential": address,
    }


def signed_list(address: str, withdrawn: Iterable[int], seed: bytes, at: str) -> dict[str, Any]:
    """The list itself, signed by the key of the badges it speaks of; ``at``: an instant in UTC."""
    document = {
        "@context": [contexts.CREDENTIALS],
        "id": address,
        "type": ["VerifiableCredential", "BitstringStatusListCredential"],
        "issuer": proof.did_of(seed),
        "validFrom": at,
        "credentialSubject": {
            "id": f"{address}#list",
            "type": "BitstringStatusList",
            "statusPurpose": PURPOSE,
            "encodedList": encode(withdrawn),
        },
    }
    return proof.sign(document, seed, at)


def encode(withdrawn: Iterable[int]) -> str:
    """The bits, the first on the left, compressed and written in base64url."""
    bits = bytearray(LENGTH // 8)
    for position in withdrawn:
        bits[position // 8] |= 0x80 >> position % 8
    packed = base64.urlsafe_b64encode(gzip.compress(bytes(bits), mtime=0))
    return _BASE64URL + packed.decode().rstrip("=")


def is_withdrawn(encoded: str, position: int) -> bool:
    """The bit of a position; ValueError for anything that is not such a list. Never opens more than a list holds."""
    if not encoded.startswith(_BASE64URL):
        raise ValueError("not base64url")
    packed = base64.b64decode(encoded[1:] + "=" * (-len(encoded[1:]) % 4), altchars=b"-_", validate=True)
    opener = zlib.decompressobj(wbits=zlib.MAX_WBITS | 16)
    try:
        bits = opener.decompress(packed, LENGTH // 8)
    except zlib.error as error:
        raise ValueError("not compressed") from error
    if len(bits) != LENGTH // 8 or not 0 <= position < LENGTH:
        raise ValueError("not a list of this length")
    return bool(bits[position // 8] & 0x80 >> position % 8)
