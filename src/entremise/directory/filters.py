"""Filters of the directory: codes and identifiers only."""

import uuid
from typing import Any

from django import forms
from django.db.models import Q, QuerySet

from entremise.accounts.queries import choices_for
from entremise.core.actor import Actor
from entremise.core.time import today
from entremise.directory import queries
from entremise.directory.models import Partner
from entremise.places.queries import list_sectors

TO_CHECK, WITHDRAWN = "a_verifier", "retires"


class RelayFilters(forms.Form):
    """What the phone asks: which sector, which kind of service."""

    secteur = forms.ChoiceField(label="Secteur", required=False)
    type = forms.ChoiceField(label="Quel service", required=False)

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.actor = actor
        sectors = [(str(one.pk), one.name) for one in list_sectors(actor)]
        self.fields["secteur"].choices = [("", "Tous"), *sectors]  # type: ignore[attr-defined]
        known = choices_for(actor.organisation_id, "L20")["L20"]
        used = queries.types_in_use(actor)
        types = sorted(((code, known.label(code)) for code in used), key=lambda item: item[1])
        self.fields["type"].choices = [("", "Tous"), *types]  # type: ignore[attr-defined]

    def chosen(self) -> dict[str, Any]:
        """The readable answers; an unreadable one filters nothing."""
        self.is_valid()
        return self.cleaned_data

    def apply(self) -> QuerySet[Partner]:
        """The partners that pass."""
        chosen = self.chosen()
        sector = chosen.get("secteur")
        return queries.list_partners(
            self.actor,
            partner_type=chosen.get("type", ""),
            sector_id=uuid.UUID(sector) if sector else None,
            active_only=chosen.get("etat") != WITHDRAWN,
        )


class PartnerFilters(RelayFilters):
    """The same for the office, with the state of the sheet."""

    etat = forms.ChoiceField(
        label="Fiches", required=False, choices=[("", "Actives"), (TO_CHECK, "À vérifier"), (WITHDRAWN, "Retirées")]
    )

    def apply(self) -> QuerySet[Partner]:
        """The partners that pass."""
        partners = super().apply()
        state = self.chosen().get("etat")
        if state == TO_CHECK:
            return partners.filter(Q(checked_at=None) | Q(checked_at__lte=today() - queries.FRESH_FOR))
        return partners.filter(is_active=False) if state == WITHDRAWN else partners
