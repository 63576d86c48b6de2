"""The store of data keys. Opened keys live in memory only, for this process."""

import base64
import binascii
import hashlib
import json
import os
import threading
import time
import uuid
from collections.abc import Collection, Sequence

from django.conf import settings
from django.db import IntegrityError, connections, transaction

from entremise.core import crypto
from entremise.core.crypto import CryptoError, DataKey, KeyDestroyed, Scope
from entremise.core.time import now
from entremise.keys.models import DataKey as DataKeyRow
from entremise.keys.models import Tombstone
from entremise.keys.router import ALIAS

INSTALLATION = Scope("installation", None)


def organisation_scope(organisation_id: uuid.UUID) -> Scope:
    """The scope of everything an organisation writes."""
    return Scope("organisation", organisation_id)


def person_scope(person_id: uuid.UUID) -> Scope:
    """The scope of what tells who a person is, and of every word kept about them."""
    return Scope("person", person_id)


def case_scope(case_id: uuid.UUID) -> Scope:
    """The scope of what is confided in one case."""
    return Scope("case", case_id)


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


MEMORY = 60.0  # seconds an opened key stays in memory before the table is asked again


class DatabaseKeys:
    """Keys from the table ``keys_datakey``, in the store of keys, opened in memory for a minute at most.

    One instance serves every thread of a process. Destroying or replacing a key takes effect at once in
    the process that calls ``forget``; every other process asks the table again within ``MEMORY`` seconds,
    so an erasure holds everywhere one minute after it is committed.
    """

    trust_uncommitted = False  # the test harness, whose transactions never commit, sets it

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._generation = 0
        self._current: dict[Scope, tuple[DataKey, float]] = {}
        self._by_id: dict[uuid.UUID, tuple[DataKey, float]] = {}
        self._uncommitted: set[uuid.UUID] = set()

    def current(self, scope: Scope) -> DataKey:
        """The scope's key, created at first use (two first uses at once agree on one key)."""
        generation = self._generation
        return _fresh(self._current.get(scope)) or self._open(
            self._fetch(scope) or self._create(scope), generation, scope
        )

    def by_id(self, key_id: uuid.UUID) -> DataKey:
        """The key a token names."""
        generation = self._generation
        known = _fresh(self._by_id.get(key_id))
        if known is not None:
            return known
        row = DataKeyRow.objects.filter(pk=key_id).first()
        if row is None:
            raise CryptoError("the key of this value is unknown")
        return self._open(row, generation)

    def prefetch(self, key_ids: Collection[uuid.UUID]) -> None:
        """Open these keys in one query, but for those already in memory."""
        generation = self._generation
        missing = [key_id for key_id in key_ids if _fresh(self._by_id.get(key_id)) is None]
        if not missing:
            return
        for row in DataKeyRow.objects.filter(pk__in=missing, destroyed_at=None):
            self._open(row, generation)

    def forget(self) -> None:
        """Drop opened keys from memory (after a rotation or a destruction, and between tests)."""
        with self._lock:
            self._generation += 1
            self._current.clear()
            self._by_id.clear()

    def _open(self, row: DataKeyRow, generation: int, scope: Scope | None = None) -> DataKey:
        if row.destroyed_at is not None or row.wrapped is None:
            raise KeyDestroyed("the key of this value was destroyed")
        key = DataKey(row.pk, unwrap(row.pk, row.wrapped))
        # A key made in a transaction that may still roll back must not outlive it in memory (the next value
        # would be sealed with a key that no longer exists), nor one that another thread had forgotten meanwhile.
        with self._lock:
            committed = self.trust_uncommitted or row.pk not in self._uncommitted
            if committed and generation == self._generation:
                self._by_id[key.key_id] = (key, time.perf_counter())
                if scope is not None:
                    self._current[scope] = (key, time.perf_counter())
        return key

    @staticmethod
    def _fetch(scope: Scope) -> DataKeyRow | None:
        return DataKeyRow.objects.filter(
            scope_kind=scope.kind, scope_id=scope.identifier, retired_at=None, destroyed_at=None
        ).first()

    def _create(self, scope: Scope) -> DataKeyRow:
        erased = (
            Tombstone.objects.filter(scope_kind=scope.kind, scope_id=scope.identifier) if scope.identifier else None
        )
        if erased is not None and erased.exists():
            raise KeyDestroyed("what this scope holds was erased: nothing new is sealed for it")
        row = DataKeyRow(scope_kind=scope.kind, scope_id=scope.identifier, created_at=now())
        row.wrapped = wrap(row.pk, crypto.new_secret())
        try:
            with transaction.atomic(using=ALIAS):
                row.save(force_insert=True)
        except IntegrityError:
            existing = self._fetch(scope)
            if existing is None:
                raise
            return existing
        self._uncommitted.add(row.pk)
        transaction.on_commit(lambda: self._uncommitted.discard(row.pk), using=ALIAS)
        return row


def _fresh(known: tuple[DataKey, float] | None) -> DataKey | None:
    """The key, unless it was opened too long ago to be trusted."""
    if known is None or time.perf_counter() - known[1] > MEMORY:
        return None
    return known[0]


def destroy_keys(scopes: Sequence[Scope]) -> int:
    """Destroy every key of these scopes, for ever, and keep a tombstone of each; gives how many keys were destroyed.

    What they sealed can no longer be read in any copy of the application's database; the wrapped keys themselves
    lapse with the last backup of the store of keys. Harmless when done twice. The tombstone comes first, and is
    copied outside the store: a crash in between leaves an erasure to finish, never one forgotten.
    """
    destroyed = 0
    by_kind: dict[str, list[uuid.UUID]] = {}
    for scope in scopes:
        if scope.identifier is None or scope.kind == "organisation":
            raise ValueError("only the keys of a person or of a case are destroyed")
        by_kind.setdefault(scope.kind, []).append(scope.identifier)
    with transaction.atomic(using=ALIAS):
        for kind, identifiers in by_kind.items():
            known = Tombstone.objects.filter(scope_kind=kind, scope_id__in=identifiers)
            fresh = sorted(set(identifiers) - set(known.values_list("scope_id", flat=True)))
            Tombstone.objects.bulk_create(Tombstone(scope_kind=kind, scope_id=one, erased_at=now()) for one in fresh)
            _copy_outside(kind, fresh)
            living = DataKeyRow.objects.filter(scope_kind=kind, scope_id__in=identifiers, destroyed_at=None)
            destroyed += living.update(wrapped=None, destroyed_at=now())
    crypto.key_provider().forget()  # type: ignore[attr-defined]
    return destroyed


def erased_scopes(kind: str, *, unsettled: bool = True) -> list[uuid.UUID]:
    """The identifiers that have a tombstone, oldest first; by default those whose erasure is not finished."""
    known = Tombstone.objects.filter(scope_kind=kind)
    if unsettled:
        known = known.filter(settled_at=None)
    return list(known.order_by("id").values_list("scope_id", flat=True))


def settle(kind: str, identifiers: Sequence[uuid.UUID]) -> bool:
    """Drive destroyed keys out of the store's own files, then say that these erasures are finished.

    False, and nothing is said, inside a transaction or when a reader holds the write-ahead log: done again later.
    """
    if not compact(ALIAS):
        return False
    for start in range(0, len(identifiers), _MANY):
        some = identifiers[start : start + _MANY]
        Tombstone.objects.filter(scope_kind=kind, scope_id__in=some, settled_at=None).update(settled_at=now())
    return True


_MANY = 500


def compact(alias: str) -> bool:
    """Leave no trace of what was destroyed in the files of a database; False when it cannot be done now.

    SQLite overwrites what it deletes (``secure_delete``) but its write-ahead log keeps former pages: it is emptied.
    PostgreSQL keeps former rows until the table is written again, which a plain VACUUM does not do.
    """
    database = connections[alias]
    if database.in_atomic_block:
        return False
    with database.cursor() as cursor:
        if database.vendor == "sqlite":
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            return not cursor.fetchone()[0]
        if alias == ALIAS:
            cursor.execute(f"VACUUM (FULL) {DataKeyRow._meta.db_table}")
    return True


def _copy_outside(kind: str, identifiers: Sequence[uuid.UUID]) -> None:
    """One line an erasure, outside both databases: a restored store of keys does not forget who was erased."""
    if not identifiers:
        return
    settings.TOMBSTONES_FILE.parent.mkdir(parents=True, exist_ok=True)
    with settings.TOMBSTONES_FILE.open("a", encoding="utf-8") as file:
        for identifier in identifiers:
            line = {"kind": kind, "id": str(identifier), "at": now().isoformat(timespec="seconds")}
            file.write(json.dumps(line) + "\n")
        file.flush()
        os.fsync(file.fileno())


def lookup_hash(value: str, purpose: str) -> str:
    """Keyed BLAKE2b (hex) under a key derived from the master key, to find a row by an encrypted value."""
    key = crypto.derive(master_key(), f"lookup:{purpose}")
    return hashlib.blake2b(value.encode(), key=key, digest_size=32).hexdigest()
