"""One transaction and one lock an operation, on both engines."""

import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
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


def hold(*keys: uuid.UUID, briefly: bool = False) -> None:
    """Hold these keys until the end of the transaction, in the order given.

    PostgreSQL: advisory locks, in one question; ``briefly`` gives up on any lock of the transaction after five
    seconds. SQLite: the transaction, opened IMMEDIATE, already holds everything.
    """
    if connection.vendor != "postgresql":
        return
    asked: list[str | int] = [_LOCK_TIMEOUT] if briefly else []
    first = ["set_config('lock_timeout', %s, true)"] if briefly else []
    with connection.cursor() as cursor:
        locks = ", ".join([*first, *["pg_advisory_xact_lock(%s)"] * len(keys)])
        cursor.execute(f"SELECT {locks}", [*asked, *map(_number, keys)])


class Undone(Exception):
    """What was written without savepoints failed on the way: its whole transaction is to be begun again, with them."""


@contextmanager
def without_savepoints() -> Iterator[None]:
    """Set no savepoint inside: any failure costs the whole transaction, and raises Undone.

    Services protect their writes with a savepoint each. Within an operation that goes well, which nearly all do, those
    are a third of what the database is asked. Locks that could not be had pass as they are.
    """
    features = connection.features
    features.uses_savepoints = False
    try:
        yield
    except OperationalError:
        raise
    except Exception as error:
        raise Undone from error
    finally:
        features.uses_savepoints = True
    if transaction.get_rollback():  # a failure that a service kept to itself
        raise Undone


def _number(key: uuid.UUID) -> int:
    """64 signed bits of an identifier, the random half of a UUIDv7."""
    return int.from_bytes(key.bytes[8:], "big", signed=True)
