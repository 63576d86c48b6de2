"""What people type about numbers and refused requests."""

from typing import Any

from django import forms

from entremise.accounts.queries import choices_for
from entremise.core.actor import Actor
from entremise.core.time import today
from entremise.core.ui.widgets import ChipRadio, DateInput, SearchSelect
from entremise.interventions.reference.commands import RecordRefusal
from entremise.interventions.reference.enums import Principle, RefusedRequest
from entremise.interventions.reference.services import CIRCUMSTANCES_MAX, HOURS_MAX


class NumberCheckForm(forms.Form):
    """The hours that were told when the number was called."""

    hours = forms.CharField(
        label="Horaires donnés aujourd’hui",
        max_length=HOURS_MAX,
        help_text="Par exemple « du lundi au vendredi, de 9 h à 17 h ».",
    )


class RefusalForm(forms.Form):
    """A request refused. No field asks who, by name, made it."""

    kind = forms.ChoiceField(label="Que demandait-on ?", choices=RefusedRequest.choices, widget=ChipRadio)
    asker_type = forms.ChoiceField(label="Qui demandait ?", help_text="Le service, jamais la personne.")
    principle = forms.ChoiceField(
        label="Quel principe de la Charte fonde le refus ?", choices=Principle.choices, widget=ChipRadio
    )
    asked_on = forms.DateField(label="Quel jour ?", widget=DateInput, initial=today)
    circumstances = forms.CharField(
        label="Précisions",
        required=False,
        max_length=CIRCUMSTANCES_MAX,
        help_text="Facultatif. Ce qui a été demandé et répondu, sans nommer personne.",
        widget=forms.Textarea(attrs={"rows": 3, "data-text-helper": True}),
    )

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offered = choices_for(actor.organisation_id, "L20")["L20"].offered
        choices = [("", "Choisir un service"), *offered]
        self.fields["asker_type"] = forms.ChoiceField(
            label=self.fields["asker_type"].label,
            help_text=self.fields["asker_type"].help_text,
            choices=choices,
            widget=SearchSelect,
        )

    def command(self) -> RecordRefusal:
        """What the service takes."""
        return RecordRefusal(**self.cleaned_data)
