"""The short forms of the field: an alert, a timer."""

import uuid
from typing import Any

from django import forms

from entremise.accounts.queries import list_teams
from entremise.core.actor import Actor
from entremise.core.ids import uuid7
from entremise.core.ui.widgets import ChipRadio, SearchSelect
from entremise.places.queries import site_choices
from entremise.presence.queries import current_round
from entremise.presence.queries.rounds import current_stop
from entremise.safety.enums import AlertEnd
from entremise.safety.services.timers import LONGEST, SHORTEST

UNKNOWN = "Ce choix n’existe plus. Choisissez dans la liste."
DURATIONS = ((15, "15 min"), (30, "30 min"), (45, "45 min"), (60, "1 h"), (90, "1 h 30"), (120, "2 h"))


def identifier(value: Any) -> Any:
    """Choices hold UUIDs; what comes back from a page is their text."""
    return uuid.UUID(str(value))


class PlaceForm(forms.Form):
    """A team and a place that the round already answers."""

    pk = forms.UUIDField(required=False, widget=forms.HiddenInput())
    team_id = forms.TypedChoiceField(
        label="Équipe",
        coerce=identifier,
        empty_value=None,
        required=False,
        error_messages={"invalid_choice": UNKNOWN},
    )
    site_id = forms.TypedChoiceField(
        label="Lieu",
        coerce=identifier,
        empty_value=None,
        required=False,
        widget=SearchSelect(),
        error_messages={"invalid_choice": UNKNOWN},
    )

    def __init__(self, actor: Actor, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        teams = [(team.pk, team.name) for team in list_teams(actor, own_only=True)]
        self.fields["team_id"].choices = teams  # type: ignore[attr-defined]
        if len(teams) == 1:
            self.fields["team_id"].widget = forms.HiddenInput()
        self.fields["site_id"].choices = [("", "Sans lieu précis"), *site_choices(actor)]  # type: ignore[attr-defined]
        if not self.is_bound:
            self.initial = {"pk": uuid7(), **_standing(actor, teams), **self.initial}


def _standing(actor: Actor, teams: list[tuple[uuid.UUID, str]]) -> dict[str, Any]:
    outing = current_round(actor)
    if outing is None:
        return {"team_id": teams[0][0]} if teams else {}
    here = current_stop(outing)
    return {"team_id": outing.team_id, "site_id": here.site_id if here else None}


class AlertForm(PlaceForm):
    """An alert: one button, everything already answered."""


class ArmForm(PlaceForm):
    """A presence timer."""

    minutes = forms.TypedChoiceField(
        label="Alarme dans",
        coerce=int,
        choices=DURATIONS,
        initial=30,
        widget=ChipRadio(),
        error_messages={"required": "Choisissez une durée.", "invalid_choice": UNKNOWN},
    )
    field_order = ("minutes", "site_id", "team_id", "pk")


class ProlongForm(forms.Form):
    """More time, from now."""

    minutes = forms.IntegerField(
        label="Prolonger de",
        min_value=SHORTEST,
        max_value=LONGEST,
        error_messages={"required": "Choisissez une durée.", "invalid": "Un nombre de minutes."},
    )


class EndForm(forms.Form):
    """The code that ends a timer, for those who chose one."""

    code = forms.CharField(
        label="Votre code",
        required=False,
        max_length=20,
        strip=True,
        widget=forms.PasswordInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )


class CloseForm(forms.Form):
    """How an alert ended."""

    end = forms.ChoiceField(
        label="Comment elle prend fin",
        choices=AlertEnd.choices,
        widget=ChipRadio(),
        error_messages={
            "required": "Dites comment l’alerte a pris fin : c’est ce que les autres liront.",
            "invalid_choice": UNKNOWN,
        },
    )
