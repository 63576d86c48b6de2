"""The filters of a list: one form for its page and for its spreadsheet, so that both show the same rows."""

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

from django import forms
from django.db.models import QuerySet
from django.db.models.expressions import OrderBy

from entremise.core.actor import Actor
from entremise.core.time import day_bounds
from entremise.core.ui.lists import SORT_KEY, asked_order
from entremise.core.ui.widgets import DateInput

EARLIEST, LATEST = dt.date(2000, 1, 1), dt.date(2100, 1, 1)


class PeriodForm(forms.Form):
    """From a day to another, both optional; a date that cannot be read is shown as an error and keeps every row."""

    moment = ""  # the column that the period filters
    du = forms.DateField(label="Du", required=False, widget=DateInput())
    au = forms.DateField(label="Au", required=False, widget=DateInput())

    def clean(self) -> dict[str, Any]:
        """A period that ends before it begins is said, not silently empty."""
        data = super().clean() or {}
        for name in ("du", "au"):
            if data.get(name) and not EARLIEST <= data[name] <= LATEST:
                self.add_error(name, "Cette date est hors du calendrier. Vérifiez l’année.")
        if data.get("du") and data.get("au") and data["au"] < data["du"]:
            self.add_error("au", "La fin vient avant le début. Corrigez l’une des deux dates.")
        return data

    def in_period(self, rows: QuerySet[Any]) -> QuerySet[Any]:
        """The rows of the period, as far as it could be read."""
        self.is_valid()
        first, last = self.cleaned_data.get("du"), self.cleaned_data.get("au")
        if first:
            rows = rows.filter(**{f"{self.moment}__gte": day_bounds(first)[0]})
        if last:
            rows = rows.filter(**{f"{self.moment}__lt": day_bounds(last)[1]})
        return rows


class ListFilters(forms.Form):
    """Codes and identifiers only; an unreadable value filters nothing.

    A list says which rows pass (``found``, in its own order) and the orders it offers (``SORTS``: public code,
    columns, the last of which makes the order total).
    """

    SORTS: ClassVar[Mapping[str, Sequence[str | OrderBy]]] = {}

    def __init__(self, *args: Any, actor: Actor, **options: Any) -> None:
        super().__init__(*args, **options)
        self.actor = actor

    def offer_teams(self, teams: Sequence[Any], every: tuple[str, str]) -> None:
        """The teams of the field ``equipe``; with a single one there is nothing to choose."""
        if len(teams) < 2:
            del self.fields["equipe"]
        else:
            self.fields["equipe"].choices = [every, *((str(team.pk), team.name) for team in teams)]  # type: ignore[attr-defined]

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
