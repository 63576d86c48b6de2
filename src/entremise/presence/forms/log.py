"""What people type in the team log."""

from django import forms

from entremise.core.ui.fields import MomentField
from entremise.core.ui.widgets import ChipRadio, DateTimeInput
from entremise.presence.enums import LogKind
from entremise.presence.forms.base import ActorForm, TextField, round_field, site_field, team_field


class InstructionForm(ActorForm):
    """An instruction to the team, about a place or not."""

    round_id = round_field()
    text = TextField(label="Consigne", required=True)
    site_id = site_field(required=False)
    team_id = team_field()


class CallForm(ActorForm):
    """A received call, or what a partner told."""

    kind = forms.ChoiceField(
        label="Nature",
        choices=[(kind.value, kind.label) for kind in (LogKind.APPEL, LogKind.INFO_PARTENAIRE)],
        initial=LogKind.APPEL,
        widget=ChipRadio(),
    )
    text = TextField(label="Ce qui est demandé ou annoncé", required=True)
    site_id = site_field(required=False)
    occurred_at = MomentField(
        label="Heure", required=False, widget=DateTimeInput(), help_text="Laissez vide si c’est maintenant."
    )
    team_id = team_field()
