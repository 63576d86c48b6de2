"""Filters of the needs of interpreting: codes and dates only."""

from django import forms
from django.db.models import QuerySet

from entremise.core.ui.filters import ListFilters, PeriodForm
from entremise.core.ui.lists import empty_last
from entremise.intercultural import queries
from entremise.intercultural.enums import InterpreterKind, Need
from entremise.intercultural.models import InterpreterUse
from entremise.intercultural.queries.uses import list_uses

ALL = ("", "Toutes")
ANY = ("", "Tous")


class UseFilters(PeriodForm, ListFilters):
    """Which language, who interpreted, whether the need was met, when."""

    SORTS = {
        "jour": ("used_on", "id"),
        "langue": ("language", "-used_on", "-id"),
        "interprete": ("kind", "-used_on", "-id"),
        "besoin": ("need", "-used_on", "-id"),
        "duree": (empty_last("minutes"), "-used_on", "-id"),
        "cout": (empty_last("cost"), "-used_on", "-id"),
    }

    langue = forms.ChoiceField(label="Langue", required=False, choices=[ALL, *queries.language_choices()])
    interprete = forms.ChoiceField(label="Qui a interprété", required=False, choices=[ANY, *InterpreterKind.choices])
    besoin = forms.ChoiceField(label="Besoin", required=False, choices=[ANY, *Need.choices])
    enfant = forms.ChoiceField(label="Un enfant a traduit", required=False, choices=[ANY, ("oui", "Oui")])
    field_order = ("langue", "interprete", "besoin", "enfant", "du", "au")

    def found(self) -> QuerySet[InterpreterUse]:
        """The needs that pass."""
        chosen = self.chosen
        return list_uses(
            self.actor,
            language=chosen.get("langue") or "",
            kind=chosen.get("interprete") or "",
            need=chosen.get("besoin") or "",
            child=bool(chosen.get("enfant")),
            first=chosen.get("du"),
            last=chosen.get("au"),
        )
