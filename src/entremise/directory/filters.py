"""Filters of the directory: codes and identifiers only."""

import uuid
from typing import Any

from django import forms
from django.db.models import Q, QuerySet, TextField
from django.db.models.functions import Cast

from entremise.accounts.queries import choices_for
from entremise.core.time import today
from entremise.core.ui.filters import ListFilters
from entremise.core.ui.lists import empty_last
from entremise.directory import queries
from entremise.directory.models import Partner, SiteOwner
from entremise.places.queries import list_sectors

TO_CHECK, WITHDRAWN = "a_verifier", "retires"
ANY = ("", "Tous")


class RelayFilters(ListFilters):
    """What the phone asks: which sector, which kind of service."""

    secteur = forms.ChoiceField(label="Secteur", required=False)
    type = forms.ChoiceField(label="Quel service", required=False)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        sectors = [(str(one.pk), one.name) for one in list_sectors(self.actor)]
        self.fields["secteur"].choices = [ANY, *sectors]  # type: ignore[attr-defined]
        known = choices_for(self.actor.organisation_id, "L20")["L20"]
        used = queries.types_in_use(self.actor)
        types = sorted(((code, known.label(code)) for code in used), key=lambda item: item[1])
        self.fields["type"].choices = [ANY, *types]  # type: ignore[attr-defined]

    def found(self) -> QuerySet[Partner]:
        """The partners that pass."""
        chosen = self.chosen
        sector = chosen.get("secteur")
        return queries.list_partners(
            self.actor,
            partner_type=chosen.get("type", ""),
            sector_id=uuid.UUID(sector) if sector else None,
            active_only=chosen.get("etat") != WITHDRAWN,
        )


class PartnerFilters(RelayFilters):
    """The same for the office, with the state of the sheet."""

    SORTS = {
        "nom": ("search_name", "pk"),
        "type": ("partner_type", "search_name", "pk"),
        "verifie": (empty_last("checked_at"), "search_name", "pk"),
    }

    etat = forms.ChoiceField(
        label="Fiches", required=False, choices=[("", "Actives"), (TO_CHECK, "À vérifier"), (WITHDRAWN, "Retirées")]
    )

    def found(self) -> QuerySet[Partner]:
        """The partners that pass."""
        partners = super().found()
        state = self.chosen.get("etat")
        if state == TO_CHECK:
            return partners.filter(Q(checked_at=None) | Q(checked_at__lte=today() - queries.FRESH_FOR))
        return partners.filter(is_active=False) if state == WITHDRAWN else partners


class OwnerFilters(ListFilters):
    """Who is warned: of what, where, which partner."""

    SORTS = {
        "lieu": (empty_last("sector__sort_name"), "site__sort_name", "partner__search_name", "pk"),
        "partenaire": ("partner__search_name", empty_last("sector__sort_name"), "site__sort_name", "pk"),
    }

    secteur = forms.ChoiceField(label="Secteur", required=False)
    partenaire = forms.ChoiceField(label="Partenaire", required=False)
    categorie = forms.ChoiceField(label="Signalement", required=False)
    etat = forms.ChoiceField(
        label="État", required=False, choices=[ANY, ("en_service", "En service"), (WITHDRAWN, "Retirés")]
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        sectors = [(str(one.pk), one.name) for one in list_sectors(self.actor, active_only=False)]
        self.fields["secteur"].choices = [ANY, *sectors]  # type: ignore[attr-defined]
        named = sorted(queries.named_partners(self.actor), key=lambda item: item[1].casefold())
        self.fields["partenaire"].choices = [ANY, *((str(pk), name) for pk, name in named)]  # type: ignore[attr-defined]
        categories = queries.category_choices(self.actor)
        self.fields["categorie"].choices = [ANY, *categories]  # type: ignore[attr-defined]

    def found(self) -> QuerySet[SiteOwner]:
        """The lines that pass; one for every category answers for the chosen one too."""
        chosen, owners = self.chosen, queries.list_owners(self.actor)
        if chosen.get("secteur"):
            sector = uuid.UUID(chosen["secteur"])
            owners = owners.filter(Q(sector_id=sector) | Q(site__sector_id=sector))
        if chosen.get("partenaire"):
            owners = owners.filter(partner_id=chosen["partenaire"])
        if chosen.get("etat"):
            owners = owners.filter(partner__is_active=chosen["etat"] != WITHDRAWN)
        if code := chosen.get("categorie"):
            # As text, because SQLite cannot ask whether a JSON list holds a value; codes are plain letters.
            listed = owners.annotate(listed=Cast("categories", TextField()))
            owners = listed.filter(Q(listed="[]") | Q(listed__contains=f'"{code}"'))
        return owners
