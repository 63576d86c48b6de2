"""The field of a commune, for the forms of every module (with ``places/_communes.html`` in the page)."""

from typing import Any

from django import forms
from django.urls import reverse_lazy

from entremise.core.errors import InvalidInput
from entremise.places import queries

# Typing suggests communes (places/_communes.html); without scripts the typed words are resolved when saved.
COMMUNE_ATTRIBUTES = {
    "list": "communes-proposees",
    "autocomplete": "off",
    "hx-post": reverse_lazy("places:commune_options"),
    "hx-trigger": "input changed delay:250ms",
    "hx-target": "#communes-proposees",
    "hx-params": "commune",
}


class CommuneField(forms.CharField):
    """A commune typed by name, postcode or code; gives its code."""

    def __init__(self, **options: Any) -> None:
        options.setdefault("label", "Commune")
        options.setdefault("help_text", "Nom, code postal ou code INSEE. Laissez vide si elle n’est pas connue.")
        super().__init__(required=False, max_length=120, widget=forms.TextInput(COMMUNE_ATTRIBUTES), **options)

    def clean(self, value: Any) -> str:
        """The five signs of the code, or an empty text."""
        text = super().clean(value)
        try:
            return queries.resolve_commune(text)
        except InvalidInput as refusal:
            raise forms.ValidationError(refusal.errors["commune"])
