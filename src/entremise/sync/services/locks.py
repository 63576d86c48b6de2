"""One transaction and one lock an operation, on both engines."""

import uuid
from collections.abc import Callable
from typing import TypeVar

from django.db import OperationalError, connection, transaction

TRIES = 4
_AGAIN = {"40P01", "40001", "55P03"}  # deadlock, serialization failure, lock timeout
_LOCK_TIMEOUT = "5s"
T = TypeVar("T")


class Busy(Exception):
    """The database could not be had in time: nothing was written, the phone will send again."""


def in_transaction(work: Callable[[], T]) -> T:
    """Run ``work`` in a transaction of its own; again when the database asks for it. Raises Busy."""
    for _ in range(TRIES):
        try:
            with transaction.atomic():
                if connection.vendor == "postgresql":
                    with connection.cursor() as cursor:
                        cursor.execute(f"SET LOCAL lock_timeout = '{_LOCK_TIMEOUT}'")
                return work()
        except OperationalError as error:
            if not _is_passing(error) or not _is_outermost():
                raise
    raise Busy


def _is_outermost() -> bool:
    """A transaction inside another cannot be tried again alone."""
    return not connection.in_atomic_block


def _is_passing(error: OperationalError) -> bool:
    code = getattr(error.__cause__, "sqlstate", None)
    return code in _AGAIN or "locked" in str(error)


def hold(*keys: uuid.UUID) -> None:
    """Hold these keys until the end of the transaction, in the order given.

    PostgreSQL: advisory locks. SQLite: the transaction, opened IMMEDIATE, already holds everything.
    """
    if connection.vendor != "postgresql":
        return
    with connection.cursor() as cursor:
        for key in keys:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_number(key)])


def _number(key: uuid.UUID) -> int:
    """64 signed bits of an identifier, the random half of a UUIDv7."""
    return int.from_bytes(key.bytes[8:], "big", signed=True)
