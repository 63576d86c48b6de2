"""What people type about rounds."""

from typing import Any

from django import forms

from entremise.accounts.queries import display_name, list_members
from entremise.core.ui.fields import MomentField
from entremise.core.ui.widgets import ChipCheckboxes, ChipRadio, DateTimeInput
from entremise.presence.enums import RoundKind
from entremise.presence.forms.base import ActorForm, TextField, choice, identifier, team_field
from entremise.presence.presets import usual_kind

UNREADABLE = {"invalid": "Cette date ou cette heure est illisible. Écrivez-la comme 23/11/2026 18:05."}


class OpenRoundForm(ActorForm):
    """Open a round now: everything is already answered."""

    team_id = team_field()
    kind = forms.ChoiceField(
        label="Nature", choices=RoundKind.choices, initial=RoundKind.TOURNEE, widget=ChipRadio(), required=True
    )
    sector_id = choice("Secteur", required=False)
    member_ids = forms.TypedMultipleChoiceField(
        label="Avec qui", required=False, coerce=identifier, widget=ChipCheckboxes()
    )

    def prepare_team_id(self, field: forms.TypedChoiceField) -> None:
        """Of one team, its job says the kind of presence to start from."""
        super().prepare_team_id(field)
        if len(self.teams) == 1:
            self.initial.setdefault("kind", usual_kind(self.teams[0].job))

    def prepare_member_ids(self, field: forms.TypedMultipleChoiceField) -> None:
        """Colleagues of the actor's teams."""
        members = list_members(self.actor, team_ids=self.actor.team_ids)
        names = [(display_name(one), one.pk) for one in members if one.pk != self.actor.member_id]
        field.choices = [(member, name) for name, member in sorted(names, key=lambda pair: pair[0].casefold())]


class LateRoundForm(OpenRoundForm):
    """Open a round that began a while ago."""

    started_at = MomentField(
        label="Début réel",
        required=False,
        widget=DateTimeInput(),
        error_messages=UNREADABLE,
        help_text="Laissez vide si vous commencez maintenant.",
    )
    field_order = ("kind", "sector_id", "member_ids", "started_at", "team_id")


class PlanRoundForm(OpenRoundForm):
    """Put a round in the plan."""

    planned_start = MomentField(label="Début prévu", widget=DateTimeInput(), error_messages=UNREADABLE)
    planned_end = MomentField(label="Fin prévue", required=False, widget=DateTimeInput(), error_messages=UNREADABLE)
    field_order = ("team_id", "kind", "sector_id", "planned_start", "planned_end", "member_ids")


class CloseRoundForm(forms.Form):
    """Close a round: the hours are filled in, the hand-over may stay empty."""

    started_at = MomentField(label="Début", widget=DateTimeInput(), error_messages=UNREADABLE)
    ended_at = MomentField(label="Fin", widget=DateTimeInput(), error_messages=UNREADABLE)
    handover = TextField(label="Consigne pour la suite")


class MergeForm(forms.Form):
    """Choose which round stays, and what becomes of contacts and hours."""

    keep = forms.ChoiceField(
        label="Tournée à garder", widget=ChipRadio(), error_messages={"required": "Choisissez l’une des deux."}
    )
    contacts = forms.ChoiceField(
        label="Contacts",
        choices=[
            ("add", "Elles ont compté des personnes différentes : additionner"),
            ("keep", "Elles ont compté les mêmes : garder ceux de la tournée gardée"),
        ],
        widget=ChipRadio(),
        error_messages={"required": "Dites si les contacts s’additionnent."},
    )
    hours = forms.ChoiceField(
        label="Heures",
        choices=[
            ("widest", "Du premier départ à la dernière fin"),
            ("keep", "Celles de la tournée gardée"),
        ],
        initial="widest",
        widget=ChipRadio(),
    )

    def __init__(self, rounds: list[tuple[str, str]], *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["keep"].choices = rounds  # type: ignore[attr-defined]
