"""Filters of the registers: codes and dates only."""

import datetime as dt
from typing import Any, ClassVar

from django import forms
from django.db.models import Q, QuerySet

from entremise.core.actor import Actor
from entremise.core.personal import BASIS_LABELS
from entremise.core.time import day_bounds, today
from entremise.core.ui.lists import asked_order
from entremise.core.ui.widgets import DateInput
from entremise.privacy.countries import EEA, GROUPS
from entremise.privacy.enums_accountability import BreachKind, BreachRisk, BreachState
from entremise.privacy.models import Breach, Processor
from entremise.privacy.models.accountability import SOON
from entremise.privacy.queries.breaches import list_breaches, undecided
from entremise.privacy.queries.processors import list_processors
from entremise.privacy.queries.register import Sheet

RUNNING, TO_SIGN, ENDING, ENDED, ABROAD = "horloge", "a_signer", "bientot", "finis", "hors_ue"


class _Filters(forms.Form):
    def chosen(self) -> dict[str, Any]:
        """The readable answers; an unreadable one filters nothing."""
        self.is_valid()
        return self.cleaned_data

    @property
    def is_used(self) -> bool:
        """Something is filtered."""
        return any(self.data.get(name) for name in self.fields)


class SheetFilters(_Filters):
    """The processings of the register."""

    SORTS: ClassVar[dict[str, Any]] = {
        "titre": lambda sheet: sheet.declared.label,
        "base": lambda sheet: (sheet.declared.basis_label, sheet.declared.label),
    }

    base = forms.ChoiceField(
        label="Base légale",
        required=False,
        choices=[("", "Toutes"), *((code.value, label) for code, label in BASIS_LABELS.items())],
    )
    sensible = forms.ChoiceField(
        label="Données sensibles", required=False, choices=[("", "Toutes"), ("oui", "Avec"), ("non", "Sans")]
    )
    note = forms.ChoiceField(
        label="Notes de l’organisation",
        required=False,
        choices=[("", "Toutes"), ("oui", "Écrites"), ("non", "À écrire")],
    )

    def apply(self, sheets: list[Sheet]) -> list[Sheet]:
        """The sheets that pass, in the order that was asked."""
        chosen = self.chosen()
        kept = [sheet for sheet in sheets if self._passes(sheet, chosen)]
        asked = self.data.get("tri") or "titre"
        key = self.SORTS.get(asked.removeprefix("-"), self.SORTS["titre"])
        return sorted(kept, key=key, reverse=asked.startswith("-"))

    @staticmethod
    def _passes(sheet: Sheet, chosen: dict[str, Any]) -> bool:
        wants = {"oui": True, "non": False}
        if chosen.get("base") and sheet.declared.basis != chosen["base"]:
            return False
        if chosen.get("sensible") and sheet.declared.has_sensitive != wants[chosen["sensible"]]:
            return False
        return not chosen.get("note") or any(sheet.words.values()) == wants[chosen["note"]]


class BreachFilters(_Filters):
    """The register of breaches."""

    SORTS: ClassVar[dict[str, tuple[str, ...]]] = {
        "decouverte": ("found_at", "pk"),
        "etat": ("state", "-found_at", "pk"),
        "risque": ("risk", "-found_at", "pk"),
    }

    etat = forms.ChoiceField(
        label="État",
        required=False,
        choices=[("", "Tous"), (RUNNING, "L’horloge tourne"), *BreachState.choices],
    )
    quoi = forms.ChoiceField(label="Ce qui est arrivé", required=False, choices=[("", "Tout"), *BreachKind.choices])
    risque = forms.ChoiceField(label="Risque", required=False, choices=[("", "Tous"), *BreachRisk.choices])
    du = forms.DateField(label="Découverte du", required=False, widget=DateInput)
    au = forms.DateField(label="au (inclus)", required=False, widget=DateInput)

    def apply(self, actor: Actor) -> "QuerySet[Breach]":
        """The breaches that pass, the latest first unless asked."""
        chosen, rows = self.chosen(), list_breaches(actor)
        if chosen.get("etat") == RUNNING:
            rows = undecided(rows)
        elif chosen.get("etat"):
            rows = rows.filter(state=chosen["etat"])
        if chosen.get("quoi"):
            rows = rows.filter(kind=chosen["quoi"])
        if chosen.get("risque"):
            rows = rows.filter(risk=chosen["risque"])
        rows = rows.filter(_between(chosen.get("du"), chosen.get("au")))
        return rows.order_by(*asked_order(self.data, self.SORTS, "-decouverte"))


def _between(start: dt.date | None, end: dt.date | None) -> Q:
    found = Q()
    if start and 1990 <= start.year <= 2100:
        found &= Q(found_at__gte=day_bounds(start)[0])
    if end and 1990 <= end.year <= 2100:
        found &= Q(found_at__lt=day_bounds(end)[1])
    return found


class ProcessorFilters(_Filters):
    """The list of processors."""

    SORTS: ClassVar[dict[str, tuple[str, ...]]] = {
        "nom": ("name", "pk"),
        "pays": ("country", "name", "pk"),
        "contrat": ("contract_on", "name", "pk"),
        "fin": ("ends_on", "name", "pk"),
    }

    etat = forms.ChoiceField(
        label="Contrat",
        required=False,
        choices=[("", "En cours"), (TO_SIGN, "À signer"), (ENDING, "Finit sous 60 jours"), (ENDED, "Terminés")],
    )
    pays = forms.ChoiceField(label="Pays", required=False)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        groups = [(title, list(countries.items())) for title, countries in GROUPS]
        self.fields["pays"].choices = [  # type: ignore[attr-defined]
            ("", "Tous"),
            (ABROAD, "Hors de l’Union européenne"),
            *groups,
        ]

    def apply(self, actor: Actor) -> "QuerySet[Processor]":
        """The processors that pass, by name unless asked."""
        chosen, day = self.chosen(), today()
        state, country = chosen.get("etat"), chosen.get("pays")
        over = Q(ends_on__lt=day)
        rows = list_processors(actor)
        rows = rows.filter(over) if state == ENDED else rows.exclude(over)
        if state == TO_SIGN:
            rows = rows.filter(contract_on=None)
        elif state == ENDING:
            rows = rows.filter(ends_on__lte=day + SOON)
        if country == ABROAD:
            rows = rows.exclude(country__in=list(EEA))
        elif country:
            rows = rows.filter(country=country)
        return rows.order_by(*asked_order(self.data, self.SORTS, "nom"))
