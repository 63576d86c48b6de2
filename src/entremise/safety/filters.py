"""Filters of the lists: codes and dates in the address, never words."""

from django import forms
from django.db.models import QuerySet

from entremise.core.ui.filters import PeriodForm
from entremise.core.ui.lists import asked_order
from entremise.safety.enums import IncidentKind


class PeriodFilters(PeriodForm):
    """A period, the filters of one list and its order."""

    sorts: dict[str, tuple[str, ...]] = {}
    first_sort = ""

    def listed(self, rows: QuerySet) -> QuerySet:
        """The rows that match what could be read, in the asked order."""
        return self.apply(self.in_period(rows)).order_by(*asked_order(self.data, self.sorts, self.first_sort))

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
