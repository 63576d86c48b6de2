"""Erasing what lies under a key of its own: the key first, then the rows, and nothing left half done.

Two databases cannot share a transaction. Once the key is destroyed nothing can be read any more, and its tombstone
says which rows are still to be emptied, whatever interrupted the rest.
"""

import uuid
from collections.abc import Callable, Iterator, Sequence
from typing import Any

from django.db.models import QuerySet

from entremise.keys.services.destruction import destroy_keys, erased_scopes, settle
from entremise.keys.services.store import case_scope

Empty = Callable[[Sequence[uuid.UUID]], int]
KIND = "case"  # of the scopes that ``case_scope`` gives
_MANY = 500  # identifiers in a query


def erase_keyed(rows: QuerySet[Any], identifiers: Sequence[uuid.UUID], empty: Empty) -> int:
    """Destroy the keys of these rows, then ``empty`` them; gives how many were not erased yet. Harmless done twice.

    ``rows``: every row that is its own case, with its ``erased_at``; ``empty`` writes it, and gives how many it did.
    """
    left = list(_among(rows.filter(erased_at=None), identifiers))
    destroy_keys([case_scope(identifier) for identifier in left])
    return empty(left)


def finish_keyed(rows: QuerySet[Any], empty: Empty) -> int:
    """Empty the rows whose key is gone, after an interruption or a restore, then settle; gives how many there were."""
    done = empty(list(_among(rows.filter(erased_at=None), erased_scopes(KIND, unsettled=False))))
    if ours := list(_among(rows, erased_scopes(KIND))):
        settle(KIND, ours)
    return done


def _among(rows: QuerySet[Any], identifiers: Sequence[uuid.UUID]) -> Iterator[uuid.UUID]:
    """Which of these identifiers are rows of this table: other modules have cases too."""
    for start in range(0, len(identifiers), _MANY):
        yield from rows.filter(pk__in=identifiers[start : start + _MANY]).values_list("pk", flat=True)
