"""What a legal hold may name: each module says how its references are found. Filled in ``apps.py: ready()``."""

import uuid
from collections.abc import Callable

from entremise.privacy.enums import HoldKind

# ``find(organisation_id, reference)`` gives the record of this organisation that bears this reference, or None.
Finder = Callable[[uuid.UUID, str], uuid.UUID | None]
_finders: dict[str, Finder] = {}


def register(kind: HoldKind, finder: Finder) -> None:
    """Declare how one kind of record is found."""
    _finders[kind] = finder


def kinds() -> list[HoldKind]:
    """What can be held here, in the order of the list."""
    return [kind for kind in HoldKind if kind in _finders]


def find(kind: str, organisation_id: uuid.UUID, reference: str) -> uuid.UUID | None:
    """The record of a reference; None when there is none."""
    finder = _finders.get(kind)
    return finder(organisation_id, reference) if finder else None
