"""Filters of the lists of sites and sectors: codes and identifiers only."""

import uuid
from typing import Any

from django import forms
from django.db.models import QuerySet

from entremise.accounts.queries import choices_for
from entremise.core.ui.filters import ListFilters
from entremise.core.ui.lists import empty_last
from entremise.places import queries
from entremise.places.models import Sector, Site

OPEN, CLOSED, ALL = "ouverts", "fermes", "tous"


class SiteFilters(ListFilters):
    """Sector, type and state; by sector and family unless sorted otherwise."""

    SORTS = {
        "nom": ("sort_name", "pk"),
        "secteur": (empty_last("sector__sort_name"), "sort_name", "pk"),
        "type": ("space_type", "sort_name", "pk"),
        "commune": ("commune_code", "sort_name", "pk"),
    }

    secteur = forms.ChoiceField(label="Secteur", required=False)
    type = forms.ChoiceField(label="Type d’espace", required=False)
    etat = forms.ChoiceField(
        label="État", required=False, choices=[("", "Ouverts"), (CLOSED, "Fermés"), (ALL, "Ouverts et fermés")]
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        sectors = [(str(one.pk), one.name) for one in queries.list_sectors(self.actor, active_only=False)]
        self.fields["secteur"].choices = [("", "Tous"), *sectors]  # type: ignore[attr-defined]
        types = choices_for(self.actor.organisation_id, "L4")["L4"].labels
        self.fields["type"].choices = [("", "Tous"), *types.items()]  # type: ignore[attr-defined]

    def found(self) -> QuerySet[Site]:
        """The sites that pass."""
        chosen = self.chosen
        sector = chosen.get("secteur")
        state = chosen.get("etat") or OPEN
        sites = queries.list_sites(self.actor, uuid.UUID(sector) if sector else None, active_only=state == OPEN)
        if state == CLOSED:
            sites = sites.filter(is_active=False)
        if chosen.get("type"):
            sites = sites.filter(space_type=chosen["type"])
        return sites


class SectorFilters(ListFilters):
    """State; those in service first unless sorted otherwise."""

    SORTS = {
        "nom": ("sort_name", "pk"),
        "lieux": ("open_sites", "sort_name", "pk"),
    }

    etat = forms.ChoiceField(
        label="État",
        required=False,
        choices=[("", "Tous"), ("en_service", "En service"), ("hors_service", "Hors service")],
    )

    def found(self) -> QuerySet[Sector]:
        """The sectors that pass."""
        sectors = queries.sectors_with_counts(self.actor)
        state = self.chosen.get("etat")
        return sectors.filter(is_active=state == "en_service") if state else sectors
