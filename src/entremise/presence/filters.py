"""Filters of the lists: codes, identifiers and dates in the address, never words."""

import uuid
from typing import Any

from django import forms
from django.db.models import DateTimeField, DurationField, ExpressionWrapper, F, QuerySet, Value
from django.db.models.functions import Coalesce

from entremise.accounts.queries import ListChoices, choices_for, list_teams
from entremise.core.actor import Actor
from entremise.core.time import now
from entremise.core.ui.filters import PeriodForm
from entremise.core.ui.lists import Column, asked_order, empty_last
from entremise.core.ui.widgets import SearchSelect
from entremise.places import scopes
from entremise.places.queries import list_sectors, list_sites, site_choices
from entremise.places.scopes import EVERYWHERE
from entremise.presence.enums import COUNTED_STATUSES, OPEN_DEFECTS, AgeBand, DefectStatus, RoundKind, RoundStatus
from entremise.presence.queries import counting, stopping_at

ANY = ("", "Tous")
COUNTED = "comptees"


class _Filters(PeriodForm):
    """Every filter is optional; one that cannot be read is shown as an error and keeps everything."""

    within = EVERYWHERE  # the places of the convention that was asked
    sorts: dict[str, tuple[Column, ...]] = {}  # public code of an order: its columns
    first_sort = ""

    def __init__(self, actor: Actor, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.actor = actor
        if "convention" in self.fields and not scopes.choices(actor):
            del self.fields["convention"]
        for name, field in self.fields.items():
            field.required = False
            if isinstance(field, forms.ChoiceField):
                field.choices = [ANY, *self.choices_of(name)]

    def choices_of(self, name: str) -> list[Any]:
        """What each filter offers."""
        if name == "equipe":
            return [(str(team.pk), team.name) for team in list_teams(self.actor, own_only=True)]
        if name == "secteur":
            return [(str(sector.pk), sector.name) for sector in list_sectors(self.actor)]
        if name == "lieu":
            return list(site_choices(self.actor))
        if name == "convention":
            return list(scopes.choices(self.actor))
        return list(self.codes().get(name, []))

    def codes(self) -> dict[str, Any]:
        """Closed lists of this page, by field."""
        return {}

    def lists(self, *references: str) -> dict[str, ListChoices]:
        """Closed lists as the organisation words them, read once."""
        if not hasattr(self, "_lists"):
            self._lists = choices_for(self.actor.organisation_id, *references)
        return self._lists

    def apply(self, rows: QuerySet) -> QuerySet:
        """The rows that match what could be read."""
        rows = self.in_period(rows)
        data = self.cleaned_data
        for name, column in self.columns().items():
            if data.get(name):
                rows = rows.filter(**{column: data[name]})
        if data.get("secteur"):
            rows = self.in_sector(rows, data["secteur"])
        if data.get("convention"):
            self.within = scopes.resolve(self.actor, uuid.UUID(data["convention"]))
            rows = rows if self.within.site_ids is None else self.at_places(rows, self.within.site_ids)
        return rows

    def at_places(self, rows: QuerySet, site_ids: tuple[uuid.UUID, ...]) -> QuerySet:
        """Rows at one of these places."""
        return rows.filter(site_id__in=site_ids)

    def listed(self, rows: QuerySet) -> QuerySet:
        """The rows that match, in the order that was asked: what the page and its spreadsheet both show."""
        return self.apply(rows).order_by(*asked_order(self.data, self.sorts, self.first_sort))

    def columns(self) -> dict[str, str]:
        """The column of each filter that compares one value."""
        return {}

    def in_sector(self, rows: QuerySet, sector_id: str) -> QuerySet:
        """Rows at a place of the sector."""
        return rows.filter(site_id__in=list_sites(self.actor, sector_id, active_only=False).order_by().values("pk"))  # type: ignore[arg-type]


class RoundFilters(_Filters):
    """Filters of rounds."""

    moment = "begins_at"
    sorts = {
        "debut": ("begins_at", "id"),
        "duree": (empty_last("minutes"), "begins_at", "id"),
        "secteur": (empty_last("sector__sort_name"), "begins_at", "id"),
    }
    first_sort = "-debut"
    nature = forms.ChoiceField(label="Nature")
    etat = forms.ChoiceField(label="État")
    equipe = forms.ChoiceField(label="Équipe")
    secteur = forms.ChoiceField(label="Secteur")
    convention = forms.ChoiceField(label="Convention")
    tranche = forms.ChoiceField(label="Tranche d’âge comptée")
    field_order = ("nature", "etat", "equipe", "secteur", "convention", "tranche", "du", "au")

    def __init__(self, actor: Actor, *args: Any, **options: Any) -> None:
        super().__init__(actor, *args, **options)
        if not self.data.get("tranche"):
            del self.fields["tranche"]  # comes from a line of a report, offered only to who comes from one

    def codes(self) -> dict[str, Any]:
        """Kind and status."""
        counted = [(COUNTED, "Comptées dans les bilans"), *RoundStatus.choices]
        return {"nature": RoundKind.choices, "etat": counted, "tranche": AgeBand.choices}

    def columns(self) -> dict[str, str]:
        """One value each."""
        return {"nature": "kind", "equipe": "team_id"}

    def apply(self, rows: QuerySet) -> QuerySet:
        """The choice "Comptées" gathers the rounds that really began."""
        rows = super().apply(rows)
        wanted, band = self.cleaned_data.get("etat"), self.cleaned_data.get("tranche")
        if band:
            rows = counting(rows, band, self.within.site_ids)
        if wanted == COUNTED:
            return rows.filter(status__in=COUNTED_STATUSES)
        return rows.filter(status=wanted) if wanted else rows

    def at_places(self, rows: QuerySet, site_ids: tuple[uuid.UUID, ...]) -> QuerySet:
        """Rounds that stopped at one of these places."""
        return stopping_at(rows, site_ids)

    def in_sector(self, rows: QuerySet, sector_id: str) -> QuerySet:
        """A round has its sector."""
        return rows.filter(sector_id=sector_id)


class ObservationFilters(_Filters):
    """Filters of observations."""

    moment = "observed_at"
    sorts = {"moment": ("observed_at", "id"), "type": ("watch_type", "observed_at", "id")}
    first_sort = "-moment"
    type = forms.ChoiceField(label="Type")
    fiabilite = forms.ChoiceField(label="Fiabilité")
    secteur = forms.ChoiceField(label="Secteur")
    field_order = ("type", "fiabilite", "secteur", "du", "au")

    def codes(self) -> dict[str, Any]:
        """L25 and L26."""
        lists = self.lists("L25", "L26")
        return {"type": lists["L25"].offered, "fiabilite": lists["L26"].offered}

    def columns(self) -> dict[str, str]:
        """One value each."""
        return {"type": "watch_type", "fiabilite": "reliability"}


class DefectFilters(_Filters):
    """Filters of technical defects."""

    moment = "reported_at"
    sorts = {
        "signale": ("reported_at", "id"),
        "delai": ("delay", "id"),
        "categorie": ("category", "reported_at", "id"),
        "etat": ("status", "reported_at", "id"),
    }
    first_sort = "-signale"
    categorie = forms.ChoiceField(label="Catégorie")
    etat = forms.ChoiceField(label="État")
    urgence = forms.ChoiceField(label="Urgence")
    secteur = forms.ChoiceField(label="Secteur")
    lieu = forms.ChoiceField(label="Lieu", widget=SearchSelect())
    convention = forms.ChoiceField(label="Convention")
    field_order = ("categorie", "etat", "urgence", "secteur", "lieu", "convention", "du", "au")

    def codes(self) -> dict[str, Any]:
        """L21, L22 and L23."""
        lists = self.lists("L21", "L23")
        return {
            "categorie": lists["L21"].offered,
            "etat": [("ouverts", "Ouverts"), *DefectStatus.choices],
            "urgence": lists["L23"].offered,
        }

    def columns(self) -> dict[str, str]:
        """One value each."""
        return {"categorie": "category", "urgence": "urgency", "lieu": "site_id"}

    def apply(self, rows: QuerySet) -> QuerySet:
        """The choice "Ouverts" gathers the steps before the end; ``delay`` runs to the repair, or to now."""
        end = Coalesce("resolved_at", Value(now(), DateTimeField()))
        ends = ExpressionWrapper(end - F("reported_at"), output_field=DurationField())
        rows = super().apply(rows).annotate(delay=ends)
        wanted = self.cleaned_data.get("etat")
        if wanted == "ouverts":
            return rows.filter(status__in=OPEN_DEFECTS)
        return rows.filter(status=wanted) if wanted else rows
