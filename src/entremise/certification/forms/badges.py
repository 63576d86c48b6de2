"""The forms of badges."""

from django import forms

from entremise.privacy.forms.base import PlainText


class CheckForm(forms.Form):
    """A badge that somebody was given."""

    file = forms.FileField(label="Badge à vérifier", help_text="Le fichier JSON reçu, tel quel. Il n’est pas gardé.")
    address = PlainText(
        label="Adresse électronique de la personne (facultatif)",
        help_text="Pour savoir si le badge lui est lié, quand elle l’a voulu. Elle n’est pas gardée.",
        required=False,
        max_length=254,
        widget=forms.TextInput({"autocomplete": "off", "inputmode": "email"}),
    )
