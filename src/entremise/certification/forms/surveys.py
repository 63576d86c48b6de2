"""The two questions of insertion surveys, the same behind a link and on the telephone."""

from django import forms

from entremise.certification.commands import AnswerFacts
from entremise.certification.enums import Situation
from entremise.core.ui.widgets import ChipRadio


class AnswerForm(forms.Form):
    """What the holder does today."""

    situation = forms.ChoiceField(
        label="Aujourd’hui, la situation",
        help_text="Celle qui prend le plus de votre temps cette semaine.",
        choices=Situation.choices,
        widget=ChipRadio,
        required=False,
    )
    in_target_job = forms.ChoiceField(
        label="En emploi : est-ce un emploi que vise la certification ?",
        help_text="De la médiation sociale, ou un des emplois imprimés sur la fiche, quel que soit le nom du poste.",
        choices=[("yes", "Oui"), ("no", "Non")],
        widget=ChipRadio,
        required=False,
    )

    def facts(self) -> AnswerFacts:
        """The command, once the form is valid."""
        return AnswerFacts(**self.cleaned_data)
