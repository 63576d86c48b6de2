"""Opening a case, judging it, closing it."""

import uuid
from typing import Any

from django import forms

from entremise.accounts.queries import choices_for, list_teams
from entremise.core.actor import Actor
from entremise.core.ids import uuid7
from entremise.core.ui.widgets import ChipRadio, DateInput
from entremise.mediations.commands import OpenCase
from entremise.mediations.enums import Ground
from entremise.mediations.forms.base import line, one_of, words

_FREQUENT = ["habitant", "bailleur", "collegue", "mairie", "police_municipale", "service_social"]


class OpenCaseForm(forms.Form):
    """A saisine."""

    id = forms.UUIDField(widget=forms.HiddenInput)
    team_id = forms.TypedChoiceField(label="Équipe", coerce=uuid.UUID)
    origin = forms.ChoiceField(label="Par qui la demande est arrivée", widget=ChipRadio)
    asked_by = line("Qui demande", "Une fonction ou un prénom suffit. Chiffré.")
    asked_on = forms.DateField(label="Demandée le", widget=DateInput)
    subject = words(
        "Ce qui est demandé",
        "Dans les mots de la personne, sans reproche. Chiffré : seuls les médiateurs du dossier le lisent.",
        required=True,
        error_messages={"required": "Dites en quelques mots ce que la personne demande."},
    )

    def __init__(self, *args: Any, actor: Actor, **options: Any) -> None:
        super().__init__(*args, **options)
        teams = [(str(team.pk), team.name) for team in list_teams(actor, own_only=True)]
        self.fields["team_id"].choices = teams  # type: ignore[attr-defined]
        self.fields["origin"].choices = choices_for(actor.organisation_id, "L2")["L2"].offered  # type: ignore[attr-defined]
        self.fields["origin"].widget.frequent = _FREQUENT
        self.initial.setdefault("id", uuid7())
        if len(teams) == 1:
            self.fields["team_id"].widget = forms.HiddenInput()
            self.initial.setdefault("team_id", teams[0][0])

    def command(self, act_id: uuid.UUID | None = None) -> OpenCase:
        """What the service takes."""
        return OpenCase(act_id=act_id, **self.cleaned_data)


class OpenFromActForm(OpenCaseForm):
    """The same, started from an act: its parties are called as it calls them, until their fiche is chosen."""

    side_a = line("Partie A", "Quelques mots suffisent pour commencer. Chiffré.")
    side_b = line("Partie B", "Vous choisirez sa fiche, ou direz que c’est un groupe, en corrigeant la partie.")


class AcceptForm(forms.Form):
    """Each ground was looked at."""

    nothing_forbids = forms.BooleanField(
        label="J’ai relu chaque motif : aucun n’est présent, autant que je sache",
        required=False,
    )


class ForbidForm(forms.Form):
    """What forbids mediating."""

    ground = one_of(
        "Ce qui interdit la médiation",
        Ground.choices,
        "Scellé : personne d’autre que les médiateurs du dossier ne le lira, ni qui s’est retiré.",
    )


class CloseForm(forms.Form):
    """How it ends, among what this stage allows."""

    outcome = one_of("Comment elle finit", ())

    def __init__(self, *args: Any, endings: list[tuple[str, str]], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["outcome"].choices = endings  # type: ignore[attr-defined]
