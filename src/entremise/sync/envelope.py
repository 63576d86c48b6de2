"""The sealed operation, as docs/adr/0009 fixes it: what the phone and the server must compute alike.

Bytes travel as base64url without padding, digests as lower-case hexadecimal, public keys as raw uncompressed
points (65 bytes). ``tests/sync/vectors.json`` holds examples that both sides check.
"""

import base64
import binascii
import hashlib
import json
import os
import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from cryptography.exceptions import InvalidSignature, InvalidTag
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature, encode_dss_signature
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

VERSION = 1
PROTOCOL = "entremise-op/1"
CURVE = ec.SECP256R1()
POINT_BYTES = 65
SIGNATURE_BYTES = 64
NONCE_BYTES = 12
LONGEST = 200_000  # characters of one envelope: below what a batch may weigh
_IDENTIFIERS = ("id", "organisation", "actor", "device", "entity_id", "key_id")
_BYTES = {"eph": POINT_BYTES, "org": 60, "own": 60, "iv": NONCE_BYTES, "sig": SIGNATURE_BYTES}
FIELDS = ("v", *_IDENTIFIERS, "seq", *_BYTES, "ct", "sha256")


class Unreadable(Exception):
    """What arrived is not an envelope, or does not open. The message never holds content."""


@dataclass(frozen=True, kw_only=True)
class Envelope:
    """A sealed operation. ``text`` is the JSON it came as, kept word for word."""

    id: uuid.UUID
    organisation: uuid.UUID
    actor: uuid.UUID
    device: uuid.UUID
    seq: int
    entity_id: uuid.UUID
    key_id: uuid.UUID
    eph: bytes
    org: bytes
    own: bytes
    iv: bytes
    ct: bytes
    sha256: str
    sig: bytes
    text: str

    @property
    def associated(self) -> bytes:
        """What every ciphertext of the envelope is bound to."""
        return associated_data(self.organisation, self.actor, self.device, self.seq, self.id)

    @property
    def signed(self) -> bytes:
        """What the device signs."""
        return self.associated + f"|{self.entity_id}|{self.sha256}".encode()


def associated_data(
    organisation: uuid.UUID, actor: uuid.UUID, device: uuid.UUID, seq: int, identifier: uuid.UUID
) -> bytes:
    """``entremise-op/1|organisation|actor|device|seq|id``, identifiers in lower case with their hyphens."""
    return f"{PROTOCOL}|{organisation}|{actor}|{device}|{seq}|{identifier}".encode()


def encode(raw: bytes) -> str:
    """Base64url without padding."""
    return base64.urlsafe_b64encode(raw).decode().rstrip("=")


def decode(text: str) -> bytes:
    """The reverse, strict: an alphabet sign too many is an error."""
    try:
        return base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)
    except (binascii.Error, ValueError) as error:
        raise Unreadable("bytes are not base64url") from error


def canonical(value: object) -> str:
    """One text for one value: sorted keys, no blank, no escape that UTF-8 can spare, no number but finite ones."""
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False)


def loads(text: str | bytes) -> Any:
    """Strict JSON: no NaN, no endless nesting; raises Unreadable."""
    try:
        return json.loads(text, parse_constant=_no_constant)
    except (ValueError, RecursionError) as error:
        raise Unreadable("not JSON") from error


def _no_constant(name: str) -> None:
    raise ValueError(name)


def parse(raw: object) -> Envelope:
    """The envelope in a decoded JSON value; raises Unreadable."""
    if not isinstance(raw, Mapping) or raw.get("v") != VERSION:
        raise Unreadable("not an envelope of this version")
    try:
        found: dict[str, Any] = {name: uuid.UUID(_text(raw, name)) for name in _IDENTIFIERS}
    except ValueError as error:
        raise Unreadable("an identifier is not one") from error
    for name, size in _BYTES.items():
        found[name] = decode(_text(raw, name))
        if len(found[name]) != size:
            raise Unreadable(f"{name} has the wrong size")
    found["ct"] = decode(_text(raw, "ct"))
    found["sha256"] = _text(raw, "sha256")
    found["seq"] = raw.get("seq")
    if isinstance(found["seq"], bool) or not isinstance(found["seq"], int) or not 0 < found["seq"] < 2**53:
        raise Unreadable("seq is not a rank")
    if found["sha256"] != hashlib.sha256(found["iv"] + found["ct"]).hexdigest():
        raise Unreadable("sha256 is not that of the content")
    return Envelope(text=canonical({name: raw[name] for name in FIELDS}), **found)


def _text(raw: Mapping[Any, Any], name: str) -> str:
    value = raw.get(name)
    if not isinstance(value, str) or len(value) > LONGEST:
        raise Unreadable(f"{name} is missing")
    return value


def public_key(point: bytes) -> ec.EllipticCurvePublicKey:
    """The P-256 key of a raw point; raises Unreadable when it is not on the curve."""
    try:
        return ec.EllipticCurvePublicKey.from_encoded_point(CURVE, point)
    except ValueError as error:
        raise Unreadable("not a point of the curve") from error


def raw_point(key: ec.EllipticCurvePublicKey) -> bytes:
    """The 65 bytes of a public key."""
    return key.public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)


def is_signed_by(envelope: Envelope, signer: bytes) -> bool:
    """True when the device whose public point this is signed exactly this envelope."""
    half = SIGNATURE_BYTES // 2
    pair = (int.from_bytes(envelope.sig[:half], "big"), int.from_bytes(envelope.sig[half:], "big"))
    try:
        public_key(signer).verify(encode_dss_signature(*pair), envelope.signed, ec.ECDSA(SHA256()))
    except (InvalidSignature, Unreadable, ValueError):
        return False
    return True


def open_content(envelope: Envelope, private: ec.EllipticCurvePrivateKey, purpose: str = "org") -> dict[str, Any]:
    """The operation in clear, for the organisation (``org``) or for its author's reading key (``own``)."""
    wrapped = envelope.org if purpose == "org" else envelope.own
    try:
        wrapping = _wrapping(private.exchange(ec.ECDH(), public_key(envelope.eph)), purpose)
        key = AESGCM(wrapping).decrypt(wrapped[:NONCE_BYTES], wrapped[NONCE_BYTES:], envelope.associated)
        clear = AESGCM(key).decrypt(envelope.iv, envelope.ct, envelope.associated)
    except (InvalidTag, ValueError) as error:
        raise Unreadable("the envelope does not open with this key") from error
    content = loads(clear)
    if not isinstance(content, dict):
        raise Unreadable("the content is not an operation")
    return content


def _wrapping(secret: bytes, purpose: str) -> bytes:
    info = f"{PROTOCOL}/{purpose}".encode()
    return HKDF(algorithm=SHA256(), length=32, salt=b"", info=info).derive(secret)


def seal(
    content: Mapping[str, Any],
    *,
    signer: ec.EllipticCurvePrivateKey,
    organisation_point: bytes,
    own_point: bytes,
    key_id: uuid.UUID,
    ephemeral: ec.EllipticCurvePrivateKey | None = None,
    draw: Any = os.urandom,
) -> dict[str, Any]:
    """The envelope of an operation, as a phone makes it: for the demonstration, the tests and the examples."""
    ids = {name: uuid.UUID(str(content[name])) for name in ("organisation", "actor", "device", "id")}
    bound = associated_data(ids["organisation"], ids["actor"], ids["device"], content["seq"], ids["id"])
    ephemeral = ephemeral or ec.generate_private_key(CURVE)
    key, iv = draw(32), draw(NONCE_BYTES)
    ct = AESGCM(key).encrypt(iv, canonical(content).encode(), bound)
    wrapped = {}
    for purpose, point in (("org", organisation_point), ("own", own_point)):
        nonce = draw(NONCE_BYTES)
        wrapping = _wrapping(ephemeral.exchange(ec.ECDH(), public_key(point)), purpose)
        wrapped[purpose] = encode(nonce + AESGCM(wrapping).encrypt(nonce, key, bound))
    digest = hashlib.sha256(iv + ct).hexdigest()
    entity = uuid.UUID(str(content["entity"]["id"]))
    r, s = decode_dss_signature(signer.sign(bound + f"|{entity}|{digest}".encode(), ec.ECDSA(SHA256())))
    half = SIGNATURE_BYTES // 2
    return {
        "v": VERSION,
        **{name: str(value) for name, value in ids.items()},
        "seq": content["seq"],
        "entity_id": str(entity),
        "key_id": str(key_id),
        "eph": encode(raw_point(ephemeral.public_key())),
        **wrapped,
        "iv": encode(iv),
        "ct": encode(ct),
        "sha256": digest,
        "sig": encode(r.to_bytes(half, "big") + s.to_bytes(half, "big")),
    }
