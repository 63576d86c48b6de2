"""What the forms of this module share."""

from typing import Any

from django import forms

from entremise.core.ui.widgets import ChipRadio

CHOOSE = ("", "Choisissez")
MANY = 20  # answers of a list filled later
OFF = {"autocomplete": "off"}


class PlainText(forms.CharField):
    """Text whose NUL signs are left out: no database keeps them and nobody typed them on purpose."""

    def clean(self, value: Any) -> Any:
        """Removes NUL before Django's validator refuses it; the length is the service's business."""
        return super().clean(value.replace("\x00", "") if isinstance(value, str) else value)


def line(label: str, help_text: str = "", **options: Any) -> PlainText:
    """One line of free text, that the browser does not remember."""
    options.setdefault("required", False)
    return PlainText(label=label, help_text=help_text, widget=forms.TextInput(OFF), **options)


def words(label: str, help_text: str = "", rows: int = 4, **options: Any) -> PlainText:
    """A longer text, looked at by the text helper."""
    options.setdefault("required", False)
    widget = forms.Textarea(OFF | {"rows": rows, "data-text-helper": True})
    return PlainText(label=label, help_text=help_text, widget=widget, **options)


def vault(label: str, help_text: str = "", rows: int = 4, **options: Any) -> PlainText:
    """A text of the vault: the mediators' own words, that no helper looks at."""
    options.setdefault("required", False)
    return PlainText(label=label, help_text=help_text, widget=forms.Textarea(OFF | {"rows": rows}), **options)


def one_of(label: str, choices: Any, help_text: str = "", **options: Any) -> forms.ChoiceField:
    """One answer among chips, all in sight: each of these lists is read whole before one answers."""
    widget = ChipRadio()
    widget.visible = len(choices) or MANY
    return forms.ChoiceField(label=label, choices=choices, widget=widget, help_text=help_text, **options)
