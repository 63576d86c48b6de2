"""The filters of a list: one form for its page and for its spreadsheet, so that both show the same rows."""

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

from django import forms
from django.db.models import QuerySet
from django.db.models.expressions import OrderBy

from entremise.core.actor import Actor
from entremise.core.ui.lists import SORT_KEY, asked_order


class ListFilters(forms.Form):
    """Codes and identifiers only; an unreadable value filters nothing.

    A list says which rows pass (``found``, in its own order) and the orders it offers (``SORTS``: public code,
    columns, the last of which makes the order total).
    """

    SORTS: ClassVar[Mapping[str, Sequence[str | OrderBy]]] = {}

    def __init__(self, *args: Any, actor: Actor, **options: Any) -> None:
        super().__init__(*args, **options)
        self.actor = actor

    @property
    def chosen(self) -> dict[str, Any]:
        """The answers that can be read."""
        self.is_valid()
        return self.cleaned_data

    @property
    def is_filtered(self) -> bool:
        """True when something was asked for: an empty list then says to widen it."""
        return any(self.data.get(field.name) for field in self.visible_fields())

    def found(self) -> QuerySet[Any]:
        """The rows that pass, in the order of the list."""
        raise NotImplementedError

    def listed(self) -> QuerySet[Any]:
        """The rows that pass, in the order that was asked."""
        asked = str(self.data.get(SORT_KEY, "")).removeprefix("-")
        return (
            self.found().order_by(*asked_order(self.data, self.SORTS, asked)) if asked in self.SORTS else self.found()
        )

    def count(self) -> int:
        """How many rows pass."""
        return int(self.found().order_by().count())
