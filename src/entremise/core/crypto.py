"""Envelope encryption: a master key wraps data keys, data keys seal values (AES-256-GCM).

Nothing here knows what a person or an organisation is: a *scope* is a pair (kind, identifier), and
the module that stores the wrapped keys registers itself with ``set_key_provider``.
"""

import base64
import hashlib
import hmac
import os
import uuid
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Protocol

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

KEY_BYTES = 32
NONCE_BYTES = 12
_PREFIX = "e1"  # version of the token format


class CryptoError(Exception):
    """A key is missing or a token does not open; the message never holds the value."""


class KeyDestroyed(CryptoError):
    """The data key was destroyed on purpose: the value is erased everywhere."""


@dataclass(frozen=True)
class Scope:
    """What a data key protects: ``Scope("organisation", id)``; ``Scope("installation", None)``."""

    kind: str
    identifier: uuid.UUID | None


@dataclass(frozen=True)
class DataKey:
    """An opened data key; ``key_id`` travels with every token so that the key can be found again."""

    key_id: uuid.UUID
    secret: bytes


class KeyProvider(Protocol):
    """The store of data keys (``keys``)."""

    def current(self, scope: Scope) -> DataKey:
        """The key new values of the scope are sealed with, created at first use."""

    def by_id(self, key_id: uuid.UUID) -> DataKey:
        """The key a token names; raises KeyDestroyed or CryptoError."""

    def prefetch(self, key_ids: Collection[uuid.UUID]) -> None:
        """Open these keys with one question to the store; ``by_id`` will refuse those unknown or destroyed."""


_provider: KeyProvider | None = None


def set_key_provider(provider: KeyProvider) -> None:
    """Registered once, when the applications are ready."""
    global _provider  # noqa: PLW0603 - one store of keys per process, set at start
    _provider = provider


def key_provider() -> KeyProvider:
    """The registered store of keys."""
    if _provider is None:
        raise CryptoError("no key provider is registered")
    return _provider


def new_secret() -> bytes:
    """A fresh 256-bit key."""
    return AESGCM.generate_key(bit_length=256)


def seal_bytes(secret: bytes, clear: bytes, associated: bytes) -> bytes:
    """Nonce then ciphertext and tag; ``associated`` binds the value to its place."""
    nonce = os.urandom(NONCE_BYTES)
    return nonce + AESGCM(secret).encrypt(nonce, clear, associated)


def open_bytes(secret: bytes, sealed: bytes, associated: bytes) -> bytes:
    """The reverse of ``seal_bytes``; raises CryptoError when key, value or place differ."""
    try:
        return AESGCM(secret).decrypt(sealed[:NONCE_BYTES], sealed[NONCE_BYTES:], associated)
    except (InvalidTag, ValueError) as error:
        raise CryptoError("the value does not open with this key at this place") from error


def seal_text(scope: Scope, clear: str, associated: str) -> str:
    """A token ``e1.<key id>.<base64>`` that only the scope's key opens, at this place alone."""
    key = key_provider().current(scope)
    sealed = seal_bytes(key.secret, clear.encode(), associated.encode())
    return f"{_PREFIX}.{key.key_id.hex}.{base64.urlsafe_b64encode(sealed).decode()}"


def open_text(token: str, associated: str) -> str:
    """The clear text of a token made by ``seal_text``."""
    try:
        prefix, key_id, body = token.split(".")
        if prefix != _PREFIX:
            raise ValueError(prefix)
        key = key_provider().by_id(uuid.UUID(hex=key_id))
        return open_bytes(key.secret, base64.urlsafe_b64decode(body), associated.encode()).decode()
    except (ValueError, UnicodeDecodeError) as error:
        raise CryptoError("not a sealed value") from error


def prefetch(tokens: Iterable[str]) -> None:
    """Open at once the keys of these tokens, before they are read one by one."""
    key_ids: set[uuid.UUID] = set()
    for token in tokens:
        parts = token.split(".")
        if len(parts) == 3 and parts[0] == _PREFIX:
            try:
                key_ids.add(uuid.UUID(hex=parts[1]))
            except ValueError:
                continue  # opening it will say what is wrong
    if key_ids:
        key_provider().prefetch(key_ids)


def fingerprint(scope: Scope, value: str, purpose: str) -> str:
    """HMAC-SHA-256 (hex) of a value under a key derived from the scope's *current* key for ``purpose``.

    The journal keeps these instead of values: equal values can be recognised while the key lives,
    nothing can be read, and nothing can be recognised once the key is destroyed.
    """
    return hmac.new(derive(key_provider().current(scope).secret, purpose), value.encode(), hashlib.sha256).hexdigest()


def derive(secret: bytes, purpose: str) -> bytes:
    """A 256-bit key for one purpose (HKDF-SHA-256), so that one secret never serves two uses."""
    return HKDF(algorithm=SHA256(), length=KEY_BYTES, salt=None, info=purpose.encode()).derive(secret)
