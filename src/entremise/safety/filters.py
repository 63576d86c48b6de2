"""Filters of the lists: codes and dates in the address, never words."""

import datetime as dt
from typing import Any

from django import forms
from django.db.models import QuerySet

from entremise.core.time import day_bounds
from entremise.core.ui.lists import asked_order
from entremise.core.ui.widgets import DateInput
from entremise.safety.enums import IncidentKind

EARLIEST, LATEST = dt.date(2000, 1, 1), dt.date(2100, 1, 1)


class PeriodFilters(forms.Form):
    """Every filter is optional; one that cannot be read is shown as an error and keeps everything."""

    moment = ""  # the column that the period filters
    sorts: dict[str, tuple[str, ...]] = {}
    first_sort = ""
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

    def listed(self, rows: QuerySet) -> QuerySet:
        """The rows that match what could be read, in the asked order."""
        self.is_valid()
        data = self.cleaned_data
        if data.get("du"):
            rows = rows.filter(**{f"{self.moment}__gte": day_bounds(data["du"])[0]})
        if data.get("au"):
            rows = rows.filter(**{f"{self.moment}__lt": day_bounds(data["au"])[1]})
        return self.apply(rows).order_by(*asked_order(self.data, self.sorts, self.first_sort))

    def apply(self, rows: QuerySet) -> QuerySet:
        """The filters of one list."""
        return rows


class AlertFilters(PeriodFilters):
    """Filters of alerts."""

    moment = "raised_at"
    sorts = {"moment": ("raised_at", "pk")}
    first_sort = "-moment"
    etat = forms.ChoiceField(
        label="État",
        required=False,
        choices=[("", "Toutes"), ("ouvertes", "En cours"), ("closes", "Closes")],
    )
    field_order = ("etat", "du", "au")

    def apply(self, rows: QuerySet) -> QuerySet:
        """Open or closed."""
        state = self.cleaned_data.get("etat")
        return rows.filter(closed_at__isnull=state == "ouvertes") if state else rows


class SheetFilters(PeriodFilters):
    """Filters of incident sheets."""

    moment = "happened_at"
    sorts = {"moment": ("happened_at", "pk"), "nature": ("kind", "happened_at", "pk")}
    first_sort = "-moment"
    nature = forms.ChoiceField(label="Nature", required=False, choices=[("", "Toutes"), *IncidentKind.choices])
    etat = forms.ChoiceField(
        label="État", required=False, choices=[("", "Toutes"), ("ouvertes", "Ouvertes"), ("closes", "Closes")]
    )
    field_order = ("nature", "etat", "du", "au")

    def apply(self, rows: QuerySet) -> QuerySet:
        """Kind and state."""
        kind, state = self.cleaned_data.get("nature"), self.cleaned_data.get("etat")
        rows = rows.filter(kind=kind) if kind else rows
        return rows.filter(closed_at__isnull=state == "ouvertes") if state else rows


class DebriefFilters(PeriodFilters):
    """Filters of debriefings."""

    moment = "held_at"
    sorts = {"moment": ("held_at", "pk")}
    first_sort = "-moment"
