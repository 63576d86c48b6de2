"""Mediators of a case, warnings, exceptions to confidentiality."""

import uuid
from collections.abc import Sequence
from typing import Any

from django import forms

from entremise.mediations.enums import REASONS_SAID, Decision, DisclosureGround, LinkKind, Recipient
from entremise.mediations.forms.base import CHOOSE, one_of, vault
from entremise.mediations.queries.extract import Kept


class NameForm(forms.Form):
    """A mediator of the team."""

    member_id = forms.TypedChoiceField(label="Médiateur", coerce=uuid.UUID)

    def __init__(self, *args: Any, members: list[tuple[str, str]], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["member_id"].choices = [CHOOSE, *members]  # type: ignore[attr-defined]


class LinkForm(forms.Form):
    """What ties the one named to a party."""

    link = one_of("Avec une partie, avez-vous un lien ?", LinkKind.choices)


class WarnForm(forms.Form):
    """A reason and nothing else."""

    reason = one_of("Pourquoi prévenir", [(one.value, one.label) for one in REASONS_SAID])


class DisclosureForm(forms.Form):
    """What would be said, to whom, on what ground."""

    ground = one_of("Pourquoi sortir du secret", DisclosureGround.choices)
    recipient = one_of("À qui", Recipient.choices)
    words = vault("Ce qui serait dit, et rien de plus", "L’encadrement lit ces mots, et aucun autre du dossier.")
    called_first = forms.BooleanField(label="Les secours ont déjà été appelés", required=False)


class DecisionForm(forms.Form):
    """The supervisor's part."""

    decision = one_of("Décidé ensemble", Decision.choices)


class ExtractForm(forms.Form):
    """The notes that a mediator leaves out of what a party is handed: they tell what another confided."""

    notes = forms.MultipleChoiceField(required=False)

    def __init__(self, *args: Any, notes: Sequence[Kept], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["notes"].choices = [(str(one.pk), one.title) for one in notes]  # type: ignore[attr-defined]

    def without(self) -> set[uuid.UUID]:
        """The identifiers of these notes."""
        return {uuid.UUID(one) for one in self.cleaned_data["notes"]}
