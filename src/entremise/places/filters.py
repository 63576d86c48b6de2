"""Filters of the list of sites: codes and identifiers only."""

import uuid
from typing import Any

from django import forms
from django.db.models import QuerySet

from entremise.accounts.queries import choices_for
from entremise.core.actor import Actor
from entremise.places import queries
from entremise.places.models import Site

OPEN, CLOSED, ALL = "ouverts", "fermes", "tous"


class SiteFilters(forms.Form):
    """Sector, type and state; an unreadable value filters nothing."""

    secteur = forms.ChoiceField(label="Secteur", required=False)
    type = forms.ChoiceField(label="Type d’espace", required=False)
    etat = forms.ChoiceField(
        label="État", required=False, choices=[("", "Ouverts"), (CLOSED, "Fermés"), (ALL, "Ouverts et fermés")]
    )

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.actor = actor
        sectors = [(str(one.pk), one.name) for one in queries.list_sectors(actor, active_only=False)]
        self.fields["secteur"].choices = [("", "Tous"), *sectors]  # type: ignore[attr-defined]
        types = choices_for(actor.organisation_id, "L4")["L4"].labels
        self.fields["type"].choices = [("", "Tous"), *types.items()]  # type: ignore[attr-defined]

    def apply(self) -> QuerySet[Site]:
        """The sites that pass."""
        self.is_valid()
        chosen = self.cleaned_data
        sector = chosen.get("secteur")
        state = chosen.get("etat") or OPEN
        sites = queries.list_sites(self.actor, uuid.UUID(sector) if sector else None, active_only=state == OPEN)
        if state == CLOSED:
            sites = sites.filter(is_active=False)
        if chosen.get("type"):
            sites = sites.filter(space_type=chosen["type"])
        return sites
