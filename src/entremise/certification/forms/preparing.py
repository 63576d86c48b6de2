"""The forms of the bodies that prepare candidates."""

import uuid
from typing import Any

from django import forms

from entremise.accounts.enums import Role
from entremise.certification.forms.candidates import line
from entremise.certification.queries.candidates import accounts_with
from entremise.certification.queries.preparing import BodyLine
from entremise.core.actor import Actor
from entremise.privacy.forms.base import CHOOSE, OfferingForm


class BodyForm(forms.Form):
    """A body to name."""

    name = line("Nom de l’organisme")


class ContactForm(OfferingForm):
    """An account that reads for a body."""

    body_id = forms.TypedChoiceField(label="Organisme", coerce=uuid.UUID)
    member_id = forms.TypedChoiceField(label="Compte", coerce=uuid.UUID)

    def __init__(self, *args: Any, actor: Actor, bodies: list[BodyLine], **options: Any) -> None:
        super().__init__(*args, **options)
        self.offer("body_id", [CHOOSE, *((str(one.body.pk), one.body.name) for one in bodies)])
        self.offer("member_id", [CHOOSE, *accounts_with(actor, Role.PREPARATEUR)])


class PreparationForm(OfferingForm):
    """Who prepares a candidate."""

    body_id = forms.TypedChoiceField(label="Organisme", required=False, coerce=uuid.UUID, empty_value=None)

    def __init__(self, *args: Any, bodies: list[BodyLine], **options: Any) -> None:
        super().__init__(*args, **options)
        self.offer("body_id", [("", "Aucun"), *((str(one.body.pk), one.body.name) for one in bodies)])
