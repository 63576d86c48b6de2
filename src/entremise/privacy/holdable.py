"""What a legal hold may name: each module says how its references are found. Filled in ``apps.py: ready()``."""

import uuid
from collections.abc import Callable

from django.db.models import CharField, Model
from django.db.models.functions import Cast

from entremise.core.ids import read_reference, reference_tail, short_reference
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


def by_identifier(model: type[Model]) -> Finder:
    """A finder of rows whose reference is written nowhere: it is read in their identifier."""

    def find_row(organisation_id: uuid.UUID, text: str) -> uuid.UUID | None:
        if not (reference := read_reference(text)):
            return None
        rows = model._default_manager.filter(organisation_id=organisation_id).annotate(text=Cast("pk", CharField()))
        # Eight digits hold no dash on either engine; they are three bits short of the reference, which decides.
        near = rows.filter(text__endswith=reference_tail(reference)).values_list("pk", flat=True)[:9]
        return only([identifier for identifier in near if short_reference(identifier) == reference])

    return find_row


def only(found: list[uuid.UUID]) -> uuid.UUID | None:
    """The one that was found; None when two bear the same reference: it helps people, it is no key."""
    return found[0] if len(found) == 1 else None
