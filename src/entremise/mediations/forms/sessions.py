"""Sessions, notes, preparation."""

from typing import Any

from django import forms

from entremise.core.time import now
from entremise.core.ui.fields import MomentField
from entremise.core.ui.widgets import ChipCheckboxes, Counter, DateTimeInput
from entremise.mediations.commands import SessionFacts
from entremise.mediations.enums import NoteKind, SessionKind
from entremise.mediations.forms.base import line, one_of, vault
from entremise.mediations.models import Party, Session
from entremise.mediations.presets import LAYOUTS
from entremise.mediations.queries.cases import name_of


class SessionForm(forms.Form):
    """A session that took place."""

    base_version = forms.IntegerField(widget=forms.HiddenInput, initial=0)
    kind = one_of("Nature de la séance", SessionKind.choices)
    present = forms.MultipleChoiceField(label="Parties présentes", widget=ChipCheckboxes)
    happened_at = MomentField(label="Jour et heure", widget=DateTimeInput)
    minutes = forms.IntegerField(label="Durée en minutes", initial=60, widget=Counter)
    place = line("Lieu", "Une salle, un local, dehors. Chiffré.")
    frame_explained = forms.BooleanField(
        label="Le cadre a été expliqué : libre, gratuit, confidentiel, sauf danger", required=False
    )
    interpreter = forms.BooleanField(label="Avec un interprète", required=False)

    def __init__(self, *args: Any, parties: list[Party], **options: Any) -> None:
        super().__init__(*args, **options)
        letters = [(party.letter, f"Partie {party.letter}, {name_of(party)}") for party in parties]
        self.fields["present"].choices = letters  # type: ignore[attr-defined]
        self.initial.setdefault("happened_at", now())

    def facts(self) -> SessionFacts:
        """What the service takes."""
        told = {name: value for name, value in self.cleaned_data.items() if name != "base_version"}
        return SessionFacts(**told | {"present": tuple(told["present"])})

    @staticmethod
    def initial_of(session: Session) -> dict[str, Any]:
        """What is known of a session."""
        known = {name: getattr(session, name) for name in SessionFacts.__dataclass_fields__}
        return known | {"base_version": session.version}


class NoteForm(forms.Form):
    """A private note."""

    base_version = forms.IntegerField(widget=forms.HiddenInput, initial=0)
    party = forms.ChoiceField(label="À propos de", required=False)
    kind = one_of("Cette note est", NoteKind.choices, initial=NoteKind.FAIT)
    text = vault(
        "Note du coffre",
        "Chiffrée avec la clé du dossier ; lue par ses médiateurs et par eux seuls.",
        rows=5,
        required=True,
        error_messages={"required": "Écrivez la note."},
    )

    def __init__(self, *args: Any, parties: list[Party], fixed: bool = False, **options: Any) -> None:
        super().__init__(*args, **options)
        choices = [("", "L’ensemble"), *((str(one.pk), f"Partie {one.letter}, {name_of(one)}") for one in parties)]
        self.fields["party"].choices = choices  # type: ignore[attr-defined]
        if fixed:
            del self.fields["party"]


class SheetForm(forms.Form):
    """A preparation sheet, its fields made from its layout."""

    base_version = forms.IntegerField(widget=forms.HiddenInput, initial=0)

    def __init__(self, *args: Any, kind: str, **options: Any) -> None:
        super().__init__(*args, **options)
        self.codes = [code for code, _, _ in LAYOUTS[kind]]
        for code, label, help_text in LAYOUTS[kind]:
            self.fields[code] = vault(label, help_text, rows=2)

    def written(self) -> list[Any]:
        """The fields of the layout, to draw them."""
        return [self[code] for code in self.codes]

    def content(self) -> dict[str, str]:
        """What the service takes."""
        return {code: self.cleaned_data[code] for code in self.codes}
