"""Durations and legal holds as the data protection officer types them."""

from typing import Any

from django import forms

from entremise.core.ui.widgets import ChipRadio, DateInput
from entremise.privacy import holdable
from entremise.privacy.forms.base import PlainText

BAD_DATE = "Cette date ne se lit pas. Écrivez par exemple 04/12/2026."


class DurationForm(forms.Form):
    """Another duration than the code’s."""

    days = forms.IntegerField(
        label="Durée en jours",
        min_value=0,
        max_value=99_999,
        help_text="365 pour un an, 730 pour deux ans.",
        error_messages={
            "invalid": "Écrivez un nombre de jours, par exemple 365.",
            "min_value": "Écrivez un nombre de jours, par exemple 365.",
            "max_value": "Cette durée est trop longue.",
        },
    )
    reason = PlainText(
        label="Pourquoi cette durée",
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="L’audit lit ce motif. Ne nommez personne.",
        error_messages={"required": "Écrivez pourquoi : ce motif est lu par l’audit."},
    )


class HoldForm(forms.Form):
    """What must not be erased for now."""

    kind = forms.ChoiceField(label="Ce qui est gelé", widget=ChipRadio)
    reference = PlainText(
        label="Sa référence",
        help_text="Telle qu’elle est écrite en haut de la fiche : 26-14, ou K7QF-2MX.",
        error_messages={"required": "Indiquez la référence de la fiche, telle qu’elle est écrite en haut de sa page."},
    )
    reason = PlainText(
        label="Ce qui oblige à garder",
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="Plainte, enquête, décision d’un juge. Vous seul lisez ce motif ; il est chiffré.",
        error_messages={"required": "Écrivez ce qui oblige à garder : plainte, enquête, décision d’un juge."},
    )
    until = forms.DateField(
        label="Jusqu’au",
        widget=DateInput,
        help_text="Un an au plus ; un gel se renouvelle.",
        error_messages={"invalid": BAD_DATE, "required": "Indiquez jusqu’à quand garder."},
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["kind"].choices = [(kind.value, kind.label) for kind in holdable.kinds()]  # type: ignore[attr-defined]


class RenewForm(forms.Form):
    """Until when the hold goes on."""

    until = forms.DateField(
        label="Prolonger jusqu’au",
        widget=DateInput,
        help_text="Un an au plus à partir d’aujourd’hui.",
        error_messages={"invalid": BAD_DATE, "required": "Indiquez jusqu’à quand garder."},
    )


class RunFilterForm(forms.Form):
    """The runs of one rule."""

    regle = forms.ChoiceField(label="Règle", required=False)
    etat = forms.ChoiceField(
        label="Passages",
        required=False,
        choices=[
            ("", "Tous"),
            ("vrais", "Qui ont effacé"),
            ("blanc", "À blanc"),
            ("suspendus", "À confirmer"),
        ],
    )

    def __init__(self, *args: Any, rules: list[tuple[str, str]], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["regle"].choices = [("", "Toutes"), *rules]  # type: ignore[attr-defined]

    @property
    def chosen(self) -> dict[str, str]:
        """The readable answers."""
        self.is_valid()
        return {name: self.cleaned_data.get(name) or "" for name in self.fields}
