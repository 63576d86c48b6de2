"""The store of data keys. Opened keys live in memory only, for this process."""

import base64
import binascii
import hashlib
import uuid

from django.conf import settings
from django.db import IntegrityError, transaction

from entremise.core import crypto
from entremise.core.crypto import CryptoError, DataKey, KeyDestroyed, Scope
from entremise.core.time import now
from entremise.privacy.models import DataKey as DataKeyRow

INSTALLATION = Scope("installation", None)


def organisation_scope(organisation_id: uuid.UUID) -> Scope:
    """The scope of everything an organisation writes."""
    return Scope("organisation", organisation_id)


def master_key() -> bytes:
    """The 256-bit master key from the settings (urlsafe base64); raises CryptoError when it is unusable."""
    try:
        key = base64.urlsafe_b64decode(settings.MASTER_KEY)
    except (binascii.Error, ValueError) as error:
        raise CryptoError("the master key is not base64") from error
    if len(key) != crypto.KEY_BYTES:
        raise CryptoError("the master key must hold 32 bytes")
    return key


def wrap(key_id: uuid.UUID, secret: bytes) -> bytes:
    """The data key sealed under the master key and bound to its row."""
    return crypto.seal_bytes(master_key(), secret, b"data-key:" + key_id.bytes)


def unwrap(key_id: uuid.UUID, wrapped: bytes | memoryview) -> bytes:
    """The reverse of ``wrap``."""
    return crypto.open_bytes(master_key(), bytes(wrapped), b"data-key:" + key_id.bytes)


class DatabaseKeys:
    """Keys from the table ``privacy_datakey``, opened once per process."""

    trust_uncommitted = False  # the test harness, whose transactions never commit, sets it

    def __init__(self) -> None:
        self._current: dict[Scope, DataKey] = {}
        self._by_id: dict[uuid.UUID, DataKey] = {}
        self._uncommitted: set[uuid.UUID] = set()

    def current(self, scope: Scope) -> DataKey:
        """The scope's key, created at first use (two first uses at once agree on one key)."""
        known = self._current.get(scope)
        return known or self._open(self._fetch(scope) or self._create(scope), scope)

    def by_id(self, key_id: uuid.UUID) -> DataKey:
        """The key a token names."""
        if key_id in self._by_id:
            return self._by_id[key_id]
        row = DataKeyRow.objects.filter(pk=key_id).first()
        if row is None:
            raise CryptoError("the key of this value is unknown")
        return self._open(row)

    def forget(self) -> None:
        """Drop opened keys from memory (after a rotation or a destruction, and between tests)."""
        self._current.clear()
        self._by_id.clear()

    def _open(self, row: DataKeyRow, scope: Scope | None = None) -> DataKey:
        if row.destroyed_at is not None or row.wrapped is None:
            raise KeyDestroyed("the key of this value was destroyed")
        key = DataKey(row.pk, unwrap(row.pk, row.wrapped))
        # A key made in a transaction that may still roll back must not outlive it in memory:
        # the next value would be sealed with a key that no longer exists.
        if self.trust_uncommitted or row.pk not in self._uncommitted:
            self._by_id[key.key_id] = key
            if scope is not None:
                self._current[scope] = key
        return key

    @staticmethod
    def _fetch(scope: Scope) -> DataKeyRow | None:
        return DataKeyRow.objects.filter(
            scope_kind=scope.kind, scope_id=scope.identifier, retired_at=None, destroyed_at=None
        ).first()

    def _create(self, scope: Scope) -> DataKeyRow:
        row = DataKeyRow(scope_kind=scope.kind, scope_id=scope.identifier, created_at=now())
        row.wrapped = wrap(row.pk, crypto.new_secret())
        try:
            with transaction.atomic():
                row.save(force_insert=True)
        except IntegrityError:
            existing = self._fetch(scope)
            if existing is None:
                raise
            return existing
        self._uncommitted.add(row.pk)
        transaction.on_commit(lambda: self._uncommitted.discard(row.pk))
        return row


def lookup_hash(value: str, purpose: str) -> str:
    """Keyed BLAKE2b (hex) under a key derived from the master key, to find a row by an encrypted value."""
    key = crypto.derive(master_key(), f"lookup:{purpose}")
    return hashlib.blake2b(value.encode(), key=key, digest_size=32).hexdigest()
