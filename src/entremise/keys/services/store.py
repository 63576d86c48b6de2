"""The store of data keys. Opened keys live in memory only, for this process."""

import hashlib
import threading
import time
import uuid
from collections.abc import Collection

from django.db import IntegrityError, transaction

from entremise.core import crypto
from entremise.core.crypto import CryptoError, DataKey, KeyDestroyed, Scope
from entremise.core.time import now
from entremise.keys.models import DataKey as DataKeyRow
from entremise.keys.models import Tombstone
from entremise.keys.router import ALIAS
from entremise.keys.services.master import master_key, prove_master_key, unwrap, wrap

INSTALLATION = Scope("installation", None)
LOOKUP = Scope("lookup", None)


def organisation_scope(organisation_id: uuid.UUID) -> Scope:
    """The scope of everything an organisation writes."""
    return Scope("organisation", organisation_id)


def person_scope(person_id: uuid.UUID) -> Scope:
    """The scope of what tells who a person is, and of every word kept about them."""
    return Scope("person", person_id)


def case_scope(case_id: uuid.UUID) -> Scope:
    """The scope of what is confided in one case."""
    return Scope("case", case_id)


def author_scope(user_id: uuid.UUID) -> Scope:
    """The scope of what someone writes for themselves alone: theirs in every organisation, gone with their account."""
    return Scope("author", user_id)


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
        self._proved = b""  # the master key that was seen to open this store

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
            self._proved = b""

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
        if self._proved != master_key():
            prove_master_key()
            self._proved = master_key()
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


def lookup_hash(value: str, purpose: str) -> str:
    """Keyed BLAKE2b (hex), to find a row by an encrypted value.

    Its key is one of the store's and is never rotated: a new master key must not lose every account.
    """
    key = crypto.derive(crypto.key_provider().current(LOOKUP).secret, f"lookup:{purpose}")
    return hashlib.blake2b(value.encode(), key=key, digest_size=32).hexdigest()
