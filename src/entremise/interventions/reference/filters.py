"""Filters of the refused requests: codes and dates only."""

import datetime as dt
from typing import Any, TypedDict

from django import forms

from entremise.accounts.queries import choices_for
from entremise.core.actor import Actor
from entremise.core.ui.widgets import DateInput
from entremise.interventions.reference.enums import Principle, RefusedRequest

SORTS = {
    "jour": ("asked_on", "id"),
    "demande": ("kind", "-asked_on", "id"),
    "qui": ("asker_type", "-asked_on", "id"),
    "principe": ("principle", "-asked_on", "id"),
}


class Selection(TypedDict):
    """What the queries take."""

    kind: str
    principle: str
    asker_type: str
    first: dt.date | None
    last: dt.date | None


class RefusalFilters(forms.Form):
    """An unreadable answer filters nothing and says why."""

    demande = forms.ChoiceField(
        label="Ce qui était demandé", required=False, choices=[("", "Tout"), *RefusedRequest.choices]
    )
    principe = forms.ChoiceField(label="Principe", required=False, choices=[("", "Tous"), *Principle.choices])
    qui = forms.ChoiceField(label="Qui demandait", required=False)
    du = forms.DateField(label="Du", required=False, widget=DateInput)
    au = forms.DateField(label="Au", required=False, widget=DateInput)

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.labels = choices_for(actor.organisation_id, "L20")["L20"]
        self.fields["qui"].choices = [("", "Tous"), *self.labels.offered]  # type: ignore[attr-defined]

    def selection(self) -> Selection:
        """The readable answers."""
        self.is_valid()
        found = self.cleaned_data
        return Selection(
            kind=found.get("demande", ""),
            principle=found.get("principe", ""),
            asker_type=found.get("qui", ""),
            first=found.get("du"),
            last=found.get("au"),
        )
