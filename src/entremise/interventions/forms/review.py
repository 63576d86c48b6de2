"""Small forms: what to correct, a thread, a reminder."""

import uuid
from typing import Any

from django import forms

from entremise.core.ui.widgets import DateInput, SearchSelect
from entremise.interventions.forms.fields import PlainText


class CorrectionRequestForm(forms.Form):
    """What the author is asked to correct."""

    text = PlainText(
        label="Ce qu’il y a à corriger",
        widget=forms.Textarea(attrs={"rows": 2, "data-text-helper": True}),
        help_text="L’auteur le lit en rouvrant la fiche.",
        error_messages={"required": "Dites à l’auteur ce qu’il y a à corriger."},
    )


class KeepWordsForm(forms.Form):
    """Why a text of a year is still needed, and until when."""

    reason = PlainText(
        label="Pourquoi ce récit est encore nécessaire",
        widget=forms.Textarea(attrs={"rows": 2, "data-text-helper": True}),
        help_text="Sans nom. Par exemple : la situation reprend chaque été, l’équipe y revient en juin.",
        error_messages={"required": "Écrivez pourquoi ce récit est encore nécessaire."},
    )
    until = forms.DateField(
        label="Le garder jusqu’au",
        widget=DateInput,
        help_text="Un an au plus, une seule fois ; ensuite il est rendu anonyme.",
        error_messages={
            "invalid": "Cette date ne se lit pas. Écrivez par exemple 04/12/2026.",
            "required": "Indiquez jusqu’à quand le garder.",
        },
    )


class OpenThreadForm(forms.Form):
    """A new thread, or one that exists."""

    thread_id = forms.TypedChoiceField(label="Fil", required=False, coerce=uuid.UUID, empty_value=None)
    label = PlainText(
        label="Repère du nouveau fil",
        required=False,
        help_text="Facultatif, sans nom : « bruit du bâtiment C ».",
    )

    def __init__(self, *args: Any, threads: list[tuple[str, str]], labelled: bool = True, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["thread_id"].choices = [("", "Ouvrir un nouveau fil"), *threads]  # type: ignore[attr-defined]
        if not threads:
            self.fields["thread_id"].widget = forms.HiddenInput()
        if not labelled:
            del self.fields["label"]


class ReminderForm(forms.Form):
    """The date the team wants to be reminded."""

    on = forms.DateField(
        label="Rappeler le",
        required=False,
        widget=DateInput,
        help_text="Effacez la date pour lever le rappel.",
        error_messages={"invalid": "Cette date ne se lit pas. Écrivez par exemple 04/12/2026."},
    )
    note = PlainText(label="Pour quoi faire", required=False, help_text="Sans nom : « repasser après 22 h ».")


class PersonForm(forms.Form):
    """Which followed person a thread concerns: references only."""

    person_id = forms.TypedChoiceField(
        label="Personne suivie",
        coerce=uuid.UUID,
        widget=SearchSelect,
        error_messages={"required": "Choisissez la personne."},
    )

    def __init__(self, *args: Any, persons: list[tuple[str, str]], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["person_id"].choices = [("", "Choisissez"), *persons]  # type: ignore[attr-defined]
        self.has_choices = bool(persons)
