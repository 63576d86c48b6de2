"""The forms of meetings."""

import uuid
from typing import Any

from django import forms

from entremise.core.actor import Actor
from entremise.core.ui.fields import MomentField
from entremise.core.ui.widgets import ChipCheckboxes, DateTimeInput
from entremise.practice.commands import Convene, GiveRoles
from entremise.practice.enums import GroupRole
from entremise.practice.queries.meetings import SeatLine, people_to_invite
from entremise.privacy.forms.base import PlainText

SHORT_ROLES = [
    (GroupRole.ANIMATEUR.value, "Anime"),
    (GroupRole.EXPOSANT.value, "Expose"),
    (GroupRole.PARTICIPANT.value, "Participe"),
    (GroupRole.OBSERVATEUR.value, "Observe"),
]


class ConveneForm(forms.Form):
    """When, and with whom. Nothing says what it will be about: that is told in the meeting."""

    planned_at = MomentField(label="Jour et heure", widget=DateTimeInput)
    member_ids = forms.TypedMultipleChoiceField(
        label="Qui vous invitez",
        coerce=uuid.UUID,
        widget=ChipCheckboxes,
        help_text="Des médiateurs de votre organisation. L’encadrement n’y siège pas : la parole y est libre.",
    )

    def __init__(self, *args: Any, actor: Actor, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["member_ids"].choices = people_to_invite(actor)  # type: ignore[attr-defined]

    def command(self) -> Convene:
        """The command, once the form is valid."""
        return Convene(**self.cleaned_data)


class RolesForm(forms.Form):
    """One role a seat."""

    def __init__(self, *args: Any, seats: list[SeatLine], **options: Any) -> None:
        super().__init__(*args, **options)
        for line in seats:
            self.fields[line.seat.pk.hex] = forms.ChoiceField(
                label=line.name, choices=SHORT_ROLES, initial=line.seat.role, required=False
            )

    def command(self) -> GiveRoles:
        """The command, once the form is valid."""
        return GiveRoles(roles={uuid.UUID(hex=name): role for name, role in self.cleaned_data.items() if role})


class ContributionForm(forms.Form):
    """A few lines for the shared page."""

    text = PlainText(
        label="Ajouter à la page commune",
        widget=forms.Textarea({"rows": 4, "data-text-helper": True, "autocomplete": "off"}),
        help_text="Sans nom. Tous les présents le lisent, personne d’autre.",
    )
