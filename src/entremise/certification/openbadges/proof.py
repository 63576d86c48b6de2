"""The signature of a credential: ``eddsa-rdfc-2022``, Ed25519 over the canonical graph (W3C, Data Integrity EdDSA).

The key names itself (``did:key``): whoever holds the badge holds what verifies it, with no address to ask.
"""

import hashlib
from typing import Any

import base58
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from entremise.certification.openbadges import contexts

SEED_BYTES = 32
_SUITE = {"type": "DataIntegrityProof", "cryptosuite": "eddsa-rdfc-2022", "proofPurpose": "assertionMethod"}
_ED25519 = b"\xed\x01"  # multicodec
DID = "did:key:"
_BASE58 = "z"  # multibase


def did_of(seed: bytes) -> str:
    """The public name of a key."""
    public = Ed25519PrivateKey.from_private_bytes(seed).public_key().public_bytes_raw()
    return f"{DID}{_BASE58}{base58.b58encode(_ED25519 + public).decode()}"


def method_of(did: str) -> str:
    """How a proof names this key."""
    return f"{did}#{did.removeprefix(DID)}"


def sign(document: dict[str, Any], seed: bytes, created: str) -> dict[str, Any]:
    """The document with its proof; ``created`` is an instant in UTC. The same arguments give the same signature."""
    proof = {**_SUITE, "created": created, "verificationMethod": method_of(did_of(seed))}
    signature = Ed25519PrivateKey.from_private_bytes(seed).sign(_signed_bytes(document, proof))
    return {**document, "proof": {**proof, "proofValue": _BASE58 + base58.b58encode(signature).decode()}}


def signature_holds(document: dict[str, Any], did: str) -> bool:
    """Whether this key signed this very document."""
    proof = dict(document["proof"])
    value = proof.pop("proofValue", "")
    if proof != {**_SUITE, "created": proof.get("created"), "verificationMethod": method_of(did)}:
        return False
    body = {name: value for name, value in document.items() if name != "proof"}
    try:
        key = base58.b58decode(did.removeprefix(DID + _BASE58))
        signature = base58.b58decode(value.removeprefix(_BASE58))
        if not value.startswith(_BASE58) or not key.startswith(_ED25519):
            return False
        Ed25519PublicKey.from_public_bytes(key[len(_ED25519) :]).verify(signature, _signed_bytes(body, proof))
    except (InvalidSignature, ValueError):
        return False
    return True


def _signed_bytes(document: dict[str, Any], proof: dict[str, Any]) -> bytes:
    return _digest({"@context": document["@context"], **proof}) + _digest(document)


def _digest(document: dict[str, Any]) -> bytes:
    return hashlib.sha256(canonical(document).encode()).digest()


def canonical(document: dict[str, Any]) -> str:
    """The graph a document says, as sorted N-Quads (RDFC-1.0); no vocabulary is ever fetched."""
    from pyld import jsonld  # a third of a second: paid by who signs or verifies, not by each start

    options = {"algorithm": "URDNA2015", "format": "application/n-quads", "documentLoader": contexts.load}
    text: str = jsonld.normalize(document, options)
    return text
