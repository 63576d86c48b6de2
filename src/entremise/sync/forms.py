"""Choosing between two versions, correcting what was refused, bringing a phone's file."""

from typing import Any

from django import forms

from entremise.core.actor import Actor
from entremise.core.errors import FORM
from entremise.core.ui.fields import MomentField
from entremise.core.ui.widgets import ChipRadio, DateTimeInput
from entremise.places.queries import site_choices
from entremise.sync.office import OfficeForm, Refusal, instant, plain
from entremise.sync.queries.operations import Comparison
from entremise.sync.registry import Kind
from entremise.sync.services.deciding import PHONE, SERVER, TEXT

LARGEST_FILE = 20 * 1024 * 1024


class ConflictForm(forms.Form):
    """One choice a field; its author may also write a text that joins both."""

    seen = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, comparison: Comparison, may_write: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["seen"].initial = comparison.digest
        self.pairs = []
        for line in comparison.lines:
            choices = [(SERVER, "Garder la version du serveur"), (PHONE, "Prendre celle du téléphone")]
            if line.is_text and may_write:
                choices.append((TEXT, "Écrire un texte qui réunit les deux"))
            self.fields[line.name] = forms.ChoiceField(label=line.label, choices=choices, widget=ChipRadio)
            if line.is_text and may_write:
                text = forms.CharField(label=f"{line.label}, réuni", widget=forms.Textarea, required=False)
                text.initial = f"{line.server or ''}\n{line.phone or ''}".strip()
                self.fields[f"{line.name}-text"] = text
            self.pairs.append((line, self[line.name], self[f"{line.name}-text"] if TEXT in dict(choices) else None))

    def decision(self) -> dict[str, Any]:
        """What the service takes."""
        names = [line.name for line, _, _ in self.pairs]
        texts = {name: self.cleaned_data.get(f"{name}-text", "") for name in names}
        return {
            "choices": {name: self.cleaned_data[name] for name in names},
            "texts": texts,
            "seen": self.cleaned_data["seen"],
        }


class CorrectForm(forms.Form):
    """The fields that were refused, as they were sent, each with a widget of its sort."""

    def __init__(self, *args: Any, actor: Actor, kind: Kind, refusal: Refusal, **kwargs: Any):
        super().__init__(*args, **kwargs)
        for name in refusal.errors:
            if name != FORM:
                self.fields[name] = _field(actor, kind, name, refusal.payload.get(name))


def field_by_field(kind: Kind) -> OfficeForm:
    """The form of a kind that has none of its own at the office: an arrival, a counter, an atmosphere."""
    return OfficeForm(
        build=lambda actor, refusal, data: CorrectForm(data, actor=actor, kind=kind, refusal=refusal),
        payload=_sent,
        template="sync/_fields.html",
    )


def _sent(form: CorrectForm, refusal: Refusal) -> dict[str, Any]:
    """Values in the shape they had."""
    found = {name: plain(value) for name, value in form.cleaned_data.items()}
    for name, value in found.items():
        if isinstance(refusal.payload.get(name), list):
            found[name] = [part.strip() for part in str(value).split(",") if part.strip()]
    return found


def _field(actor: Actor, kind: Kind, name: str, value: Any) -> forms.Field:
    label = kind.fields.get(name, name)
    common: dict[str, Any] = {"label": label, "required": False, "initial": value}
    if name == "site_id":
        choices = [("", "Choisissez le lieu"), *((group, list(sites)) for group, sites in site_choices(actor))]
        return forms.ChoiceField(**common, choices=choices)
    if name in kind.texts:
        return forms.CharField(**common, widget=forms.Textarea)
    if isinstance(value, int) and not isinstance(value, bool):
        return forms.IntegerField(**common)
    if name.endswith("_at") or name == "at":
        return MomentField(**(common | {"initial": instant(value), "widget": DateTimeInput}))
    if isinstance(value, bool):
        return forms.BooleanField(**common)
    if isinstance(value, list):
        return forms.CharField(**(common | {"initial": ", ".join(map(str, value))}))
    return forms.CharField(**common)


class ImportForm(forms.Form):
    """The sealed file that a phone exports."""

    file = forms.FileField(label="Fichier du téléphone", help_text="Le fichier « carnet… .json ».")

    def clean_file(self) -> Any:
        """Not heavier than a phone can hold waiting."""
        file = self.cleaned_data["file"]
        if file.size > LARGEST_FILE:
            raise forms.ValidationError("Ce fichier dépasse 20 Mo : ce n’est pas celui d’un téléphone.")
        return file
