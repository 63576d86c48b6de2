"""The forms of links between juries and candidates."""

import uuid
from collections.abc import Sequence
from typing import Any

from django import forms

from entremise.certification.commands import TieFacts
from entremise.certification.enums import TieKind
from entremise.certification.forms.candidates import ChoosingForm, line
from entremise.certification.models import Candidate
from entremise.privacy.forms.base import CHOOSE, OfferingForm

_SHORT = "Une ligne, sans détail intime : le certificateur seul la lit."


class TieForm(ChoosingForm):
    """Who is tied to whom, and how; ``jurors`` (identifier, name) when the page is not one member's own."""

    asks = ("kind",)
    juror_id = forms.TypedChoiceField(label="Membre du jury", coerce=uuid.UUID)
    kind = forms.ChoiceField(label="Ce qui les lie", choices=[CHOOSE, *TieKind.choices], required=False)
    reason = line("Précision", _SHORT)

    def __init__(self, *args: Any, jurors: Sequence[tuple[uuid.UUID, str]] | None = None, **options: Any) -> None:
        super().__init__(*args, **options)
        if jurors is None:
            del self.fields["juror_id"]
        else:
            self.offer("juror_id", [CHOOSE, *((str(juror_id), name) for juror_id, name in jurors)])

    def facts(self, **known: Any) -> TieFacts:
        """The command, once the form is valid; ``known``: what the page says by itself."""
        return TieFacts(**(self.cleaned_data | known))


class TakeBackForm(forms.Form):
    """Why a link is taken back."""

    asks = ("reason",)
    reason = line("Pourquoi ce lien est retiré", "Il reste dans l’historique, avec ce que vous écrivez ici.")


class RecusalForm(OfferingForm):
    """A member steps back, with the link that makes them."""

    candidate_id = forms.TypedChoiceField(label="Candidat", required=False, coerce=uuid.UUID, empty_value=None)
    kind = forms.ChoiceField(label="Ce qui vous lie", choices=[CHOOSE, *TieKind.choices], required=False)
    reason = line("Précision", _SHORT)

    def __init__(self, *args: Any, people: Sequence[Candidate], **options: Any) -> None:
        super().__init__(*args, **options)
        self.offer("candidate_id", [("", "Aucun : autre empêchement"), *((str(one.pk), one.name) for one in people)])
