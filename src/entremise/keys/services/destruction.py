"""Destroying keys for ever, and the traces that outlive any backup."""

import json
import os
import uuid
from collections.abc import Sequence
from typing import Any, BinaryIO

import structlog
from django.conf import settings
from django.db import OperationalError, connections, transaction

from entremise.core import crypto
from entremise.core.crypto import Scope
from entremise.core.time import now
from entremise.keys.models import DataKey as DataKeyRow
from entremise.keys.models import Tombstone
from entremise.keys.router import ALIAS

log = structlog.get_logger("entremise.keys")

PATIENCE = 500  # milliseconds to wait for whoever reads: meanwhile nobody else opens a key that is not in memory
_MANY = 500


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
            raise ValueError("only the keys of a person, of an author or of a case are destroyed")
        by_kind.setdefault(scope.kind, []).append(scope.identifier)
    with transaction.atomic(using=ALIAS):
        for kind, identifiers in by_kind.items():
            known = Tombstone.objects.filter(scope_kind=kind, scope_id__in=identifiers)
            fresh = sorted(set(identifiers) - set(known.values_list("scope_id", flat=True)))
            Tombstone.objects.bulk_create(Tombstone(scope_kind=kind, scope_id=one, erased_at=now()) for one in fresh)
            _copy_outside(kind, fresh)
            destroyed += _destroy_living(kind, identifiers)
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

    A key that was being made while its scope was destroyed is destroyed too. False, and nothing is said, inside a
    transaction or when a reader holds the store: done again later.
    """
    packets = [identifiers[start : start + _MANY] for start in range(0, len(identifiers), _MANY)]
    for some in packets:
        _destroy_living(kind, some)
    if not compact(ALIAS):
        return False
    for some in packets:
        Tombstone.objects.filter(scope_kind=kind, scope_id__in=some, settled_at=None).update(settled_at=now())
    return True


def settle_alone(kind: str) -> int:
    """Settle the erasures of a kind whose sealed rows are already gone, or wait for nobody; gives how many were."""
    waiting = erased_scopes(kind)
    return len(waiting) if waiting and settle(kind, waiting) else 0


def _destroy_living(kind: str, identifiers: Sequence[uuid.UUID]) -> int:
    living = DataKeyRow.objects.filter(scope_kind=kind, scope_id__in=identifiers, destroyed_at=None)
    return living.update(wrapped=None, destroyed_at=now())


def compact(alias: str) -> bool:
    """Leave no trace of what was destroyed in the files of a database; False when it cannot be done now.

    SQLite overwrites what it deletes (``secure_delete``) but its write-ahead log keeps former pages: it is emptied.
    PostgreSQL keeps former rows until the table is written again: a plain VACUUM leaves their bytes, and a full one
    keeps those that any older snapshot might still read (an autovacuum is enough). So it is emptied and filled again
    from its living rows, under a lock that is given up at once when somebody reads: who waits for it stops everyone.
    """
    database = connections[alias]
    if database.in_atomic_block:
        return False
    with database.cursor() as cursor:
        if database.vendor == "sqlite":
            return _empty_log(cursor)
    return _write_again() if alias == ALIAS else True


def _empty_log(cursor: Any) -> bool:
    cursor.execute("PRAGMA busy_timeout")
    usual = cursor.fetchone()[0]
    cursor.execute(f"PRAGMA busy_timeout = {PATIENCE}")
    try:
        cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        return not cursor.fetchone()[0]
    finally:
        cursor.execute(f"PRAGMA busy_timeout = {usual}")


def _write_again() -> bool:
    try:
        with transaction.atomic(using=ALIAS), connections[ALIAS].cursor() as cursor:
            _rewrite(cursor)
    except OperationalError:  # somebody reads the table for long
        log.info("keys_held_by_a_reader")
        return False
    return True


def _rewrite(cursor: Any) -> None:
    cursor.execute("SELECT set_config('lock_timeout', %s, true)", [f"{PATIENCE}ms"])
    cursor.execute("LOCK TABLE keys_datakey IN ACCESS EXCLUSIVE MODE")
    cursor.execute("CREATE TEMPORARY TABLE keys_living ON COMMIT DROP AS SELECT * FROM keys_datakey")
    cursor.execute("TRUNCATE keys_datakey")
    cursor.execute("INSERT INTO keys_datakey SELECT * FROM keys_living")


def _copy_outside(kind: str, identifiers: Sequence[uuid.UUID]) -> None:
    """One line an erasure, outside both databases: a restored store of keys does not forget who was erased."""
    if not identifiers:
        return
    settings.TOMBSTONES_FILE.parent.mkdir(parents=True, exist_ok=True)
    with settings.TOMBSTONES_FILE.open("ab+") as file:
        if file.tell() and not _ends_whole(file):
            file.write(b"\n")  # a power cut tore the last line: the next one must not be lost with it
        for identifier in identifiers:
            line = {"kind": kind, "id": str(identifier), "at": now().isoformat(timespec="seconds")}
            file.write(json.dumps(line).encode() + b"\n")
        file.flush()
        os.fsync(file.fileno())


def _ends_whole(file: BinaryIO) -> bool:
    file.seek(-1, os.SEEK_END)
    return file.read(1) == b"\n"
