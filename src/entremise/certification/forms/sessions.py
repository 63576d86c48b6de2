"""The forms of sessions and juries."""

import uuid
from collections.abc import Sequence
from typing import Any

from django import forms

from entremise.certification.commands import AddendumFacts, MarkFacts, ResultFacts, SessionFacts
from entremise.certification.enums import Level, Modality, Outcome
from entremise.certification.forms.candidates import ChoosingForm, line
from entremise.certification.models import Juror, Mark, Sitting
from entremise.competences.queries import BlockFacts, RecordFacts
from entremise.core.ui.widgets import ChipCheckboxes, ChipRadio, DateInput
from entremise.privacy.forms.base import CHOOSE, OfferingForm, PlainText

_OFF = {"autocomplete": "off"}


def words(label: str, help_text: str = "", rows: int = 3) -> PlainText:
    """A longer text."""
    return PlainText(label=label, help_text=help_text, widget=forms.Textarea({"rows": rows, **_OFF}), required=False)


class SessionForm(forms.Form):
    """Dates and place."""

    asks = ("place", "modality")
    starts_on = forms.DateField(label="Premier jour", widget=DateInput)
    ends_on = forms.DateField(label="Dernier jour", widget=DateInput)
    place = line("Lieu", "Nom, adresse et salle, comme sur la convocation.")
    postal_code = line("Code postal", "Le dépôt officiel le demande s’il est connu.")
    modality = forms.ChoiceField(label="Modalité", choices=Modality.choices, widget=ChipRadio, required=False)

    def facts(self) -> SessionFacts:
        """The command, once the form is valid."""
        return SessionFacts(**self.cleaned_data)


class SittingForm(ChoosingForm):
    """A candidate and the blocks they pass."""

    block_codes = forms.MultipleChoiceField(label="Blocs passés", widget=ChipCheckboxes)

    def __init__(self, *args: Any, record: RecordFacts, **options: Any) -> None:
        super().__init__(*args, **options)
        self.offer("block_codes", [(block.code, block.title) for block in record.blocks])


class SeatForm(OfferingForm):
    """Who is named in the jury."""

    juror_id = forms.TypedChoiceField(label="Nommer dans le jury", coerce=uuid.UUID)

    def __init__(self, *args: Any, free: Sequence[tuple[Juror, str]], **options: Any) -> None:
        super().__init__(*args, **options)
        choices = [(str(one.pk), f"{name} · {one.get_kind_display()}") for one, name in free]
        self.offer("juror_id", [CHOOSE, *choices])


class MarkForm(forms.Form):
    """One member's grid for a block: a level for each competence, an opinion on the block."""

    def __init__(self, *args: Any, block: BlockFacts, known: Mark | None = None, **options: Any) -> None:
        super().__init__(*args, **options)
        self.asks = (*(one.code for one in block.competences), "verdict")
        for one in block.competences:
            self.fields[one.code] = forms.ChoiceField(
                label=f"{one.code} · {one.text}",
                choices=Level.choices,
                widget=ChipRadio,
                required=False,
                initial=known.level_of(one.code) if known else None,
            )
        self.fields["verdict"] = forms.ChoiceField(
            label="Votre avis sur le bloc",
            choices=Outcome.choices,
            widget=ChipRadio,
            required=False,
            initial=known.verdict if known else None,
        )
        self.fields["comment"] = words("Ce que vous avez vu", "Des faits de l’épreuve, que le candidat pourrait lire.")
        self.initial["comment"] = known.comment if known else ""

    def facts(self) -> MarkFacts:
        """The command, once the form is valid."""
        told = dict(self.cleaned_data)
        verdict, comment = told.pop("verdict"), told.pop("comment")
        return MarkFacts(levels=told, verdict=verdict, comment=comment)


class ResultForm(forms.Form):
    """What the jury decided."""

    asks = ("outcome",)
    outcome = forms.ChoiceField(label="Résultat du bloc", choices=Outcome.choices, widget=ChipRadio, required=False)
    reason = words("Motif", "Toujours pour un bloc non acquis, ou quand le jury s’écarte des voix.")
    advice = words("Conseil au candidat", "Ce qu’il peut travailler, et comment se représenter.")

    def facts(self) -> ResultFacts:
        """The command, once the form is valid."""
        return ResultFacts(**self.cleaned_data)


class AddendumForm(OfferingForm):
    """A correction beside sealed minutes."""

    text = words("Ce qui est corrigé", "Ce qui était écrit, ce qui est vrai, qui l’a constaté et quand.", rows=4)
    sitting_id = forms.TypedChoiceField(label="Passage corrigé", required=False, coerce=uuid.UUID, empty_value=None)
    outcome = forms.ChoiceField(label="Résultat qui vaut désormais", required=False)

    def __init__(self, *args: Any, sittings: Sequence[Sitting], **options: Any) -> None:
        super().__init__(*args, **options)
        choices = [(str(one.pk), f"{one.candidate.name}, {one.block_code}") for one in sittings]
        self.offer("sitting_id", [("", "Aucun résultat n’est corrigé"), *choices])
        self.offer("outcome", [("", "Sans changement"), *Outcome.choices])

    def facts(self) -> AddendumFacts:
        """The command, once the form is valid."""
        return AddendumFacts(**self.cleaned_data)
