"""What people type about what they see: observations, technical defects."""

from django import forms

from entremise.accounts.queries import choices_for
from entremise.core.nomenclature import national
from entremise.core.ui.fields import MomentField
from entremise.core.ui.widgets import ChipRadio, DateTimeInput
from entremise.presence.enums import DEFECT_STEPS, EMPTY_ONLY, DefectStatus, Reliability, Urgency
from entremise.presence.forms.base import ActorForm, TextField, round_field, site_field, team_field
from entremise.presence.models import Defect

WHEN = "Laissez vide si c’est maintenant."


class ObservationForm(ActorForm):
    """An observation of social watch."""

    round_id = round_field()
    site_id = site_field()
    watch_type = forms.ChoiceField(
        label="Ce que vous avez perçu",
        widget=ChipRadio(
            frequent=["ambiance", "regroupement", "tension_latente", "nouvel_usage", "besoin", "projet_habitant"]
        ),
        error_messages={"required": "Choisissez un type d’observation."},
    )
    reliability = forms.ChoiceField(label="D’où vient l’information", widget=ChipRadio(), initial=Reliability.OBSERVE)
    text = TextField(label="En quelques mots")
    observed_at = MomentField(label="Moment", required=False, widget=DateTimeInput(), help_text=WHEN)
    team_id = team_field()

    def prepare_watch_type(self, field: forms.ChoiceField) -> None:
        """L25 as the organisation words it."""
        field.choices = choices_for(self.actor.organisation_id, "L25")["L25"].offered

    def prepare_reliability(self, field: forms.ChoiceField) -> None:
        """L26 as the organisation words it."""
        field.choices = choices_for(self.actor.organisation_id, "L26")["L26"].offered


class DefectForm(ActorForm):
    """A technical defect."""

    round_id = round_field()
    site_id = site_field()
    category = forms.ChoiceField(
        label="Ce qui est à réparer",
        widget=ChipRadio(frequent=["eclairage", "ascenseur", "acces", "proprete", "encombrants", "eau"]),
        error_messages={"required": "Choisissez ce qui est à réparer."},
    )
    empty_confirmed = forms.BooleanField(
        label="Personne n’occupe ce lieu ou ce véhicule",
        required=False,
        help_text="À cocher pour un local ouvert ou un véhicule : seulement vide et sans occupant.",
    )
    urgency = forms.ChoiceField(label="Urgence", widget=ChipRadio(), initial=Urgency.NORMAL)
    description = TextField(
        label="Précision pour l’équipe",
        help_text="Reste dans l’équipe : le gestionnaire ne reçoit que la nature et le lieu. Aucun nom.",
    )
    reported_at = MomentField(label="Constaté", required=False, widget=DateTimeInput(), help_text=WHEN)
    team_id = team_field()

    def prepare_category(self, field: forms.ChoiceField) -> None:
        """L21 as the organisation words it; what must be empty says so whatever the label."""
        offered = choices_for(self.actor.organisation_id, "L21")["L21"].offered
        field.choices = [(code, _empty_only(code, label)) for code, label in offered]

    def prepare_urgency(self, field: forms.ChoiceField) -> None:
        """L23 as the organisation words it."""
        field.choices = choices_for(self.actor.organisation_id, "L23")["L23"].offered


def _empty_only(code: str, label: str) -> str:
    if national(code) in EMPTY_ONLY and "sans occupant" not in label:
        return f"{label} (seulement vide et sans occupant)"
    return label


class AdvanceForm(forms.Form):
    """The next step of a defect."""

    status = forms.ChoiceField(
        label="Étape suivante",
        error_messages={"required": "Choisissez une étape.", "invalid_choice": "Choisissez une étape qui suit."},
    )
    note = TextField(label="Note pour l’équipe", max_length=500, help_text="Facultatif. Aucun nom de personne.")

    def __init__(self, defect: Defect, *args: object, **options: object) -> None:
        super().__init__(*args, **options)  # type: ignore[arg-type]
        steps = [(code, DefectStatus(code).label) for code in DEFECT_STEPS[defect.status]]
        self.fields["status"].choices = steps  # type: ignore[attr-defined]
