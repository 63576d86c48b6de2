"""The form of notified results."""

import uuid
from collections.abc import Sequence
from typing import Any

from django import forms

from entremise.certification.enums import NoticeChannel
from entremise.certification.models import Candidate
from entremise.core.ui.widgets import ChipCheckboxes, ChipRadio, DateInput
from entremise.privacy.forms.base import OfferingForm


class NoticeForm(OfferingForm):
    """Who was told, how, and when."""

    asks = ("channel",)
    candidate_ids = forms.TypedMultipleChoiceField(label="Qui a été prévenu", coerce=uuid.UUID, widget=ChipCheckboxes)
    channel = forms.ChoiceField(label="Comment", choices=NoticeChannel.choices, widget=ChipRadio, required=False)
    told_on = forms.DateField(label="Quel jour", widget=DateInput)

    def __init__(self, *args: Any, people: Sequence[Candidate], **options: Any) -> None:
        super().__init__(*args, **options)
        self.offer("candidate_ids", [(str(one.pk), one.name) for one in people])
