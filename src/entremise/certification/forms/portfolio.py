"""The forms around a deposited portfolio."""

from typing import Any

from django import forms

from entremise.certification.enums import ExperienceNature
from entremise.core.ui.widgets import ChipRadio


class SubmitForm(forms.Form):
    """Which of one's frozen portfolios to deposit."""

    snapshot = forms.TypedChoiceField(label="Portfolio à déposer", widget=forms.RadioSelect, required=True)

    def __init__(self, *args: Any, snapshots: list[tuple[str, str]], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["snapshot"].choices = snapshots  # type: ignore[attr-defined]
        self.fields["snapshot"].error_messages |= {"required": "Choisissez un portfolio figé."}


class PledgeForm(forms.Form):
    """Yes, or the portfolio stays shut."""

    agrees = forms.BooleanField(label="Je m’y engage", required=False)


class PrerequisitesForm(forms.Form):
    """What the certifier retains, prefilled with what is attested."""

    months = forms.IntegerField(label="Mois d’expérience retenus", required=False, min_value=0)
    nature = forms.ChoiceField(
        label="Nature de l’expérience", choices=ExperienceNature.choices, required=False, widget=ChipRadio
    )
    hours = forms.IntegerField(label="Heures de stage retenues", required=False, min_value=0)
