"""An agreement as it was given."""

import uuid
from typing import Any

from django import forms

from entremise.core.actor import Actor
from entremise.core.time import today
from entremise.core.ui.widgets import ChipRadio, DateInput, SearchSelect
from entremise.directory.queries import partner_choices
from entremise.intercultural.queries import language_choices
from entremise.privacy.commands import GiveAgreement
from entremise.privacy.enums import InterpreterHelp, MandateQuality, Manner, Purpose
from entremise.privacy.forms.base import CHOOSE, OfferingForm, PlainText

_OFF = {"autocomplete": "off"}


class AgreementForm(OfferingForm):
    """One purpose, one recipient at most."""

    purpose = forms.ChoiceField(label="Ce que la personne accepte", choices=Purpose.choices, widget=ChipRadio)
    partner_id = forms.TypedChoiceField(
        label="Partenaire",
        required=False,
        coerce=uuid.UUID,
        empty_value=None,
        widget=SearchSelect,
        help_text="Un accord par partenaire : l’accord donné pour l’un ne vaut rien pour un autre.",
    )
    recipient_label = PlainText(
        label="Autre destinataire, ou usage",
        required=False,
        widget=forms.TextInput(_OFF),
        help_text="S’il n’est pas dans l’annuaire, ou pour une photo, un témoignage, autre chose : quelques mots.",
    )
    manner = forms.ChoiceField(label="Comment l’accord est donné", choices=Manner.choices, widget=ChipRadio)
    mandate_quality = forms.ChoiceField(
        label="En quelle qualité", required=False, choices=[CHOOSE, *MandateQuality.choices]
    )
    mandate_by = PlainText(label="Par qui", required=False, widget=forms.TextInput(_OFF))
    language = forms.ChoiceField(label="Langue de l’explication")
    interpreter = forms.ChoiceField(
        label="Interprète",
        choices=InterpreterHelp.choices,
        widget=ChipRadio,
        help_text="Un enfant ne sert pas d’interprète.",
    )
    notice_explained = forms.BooleanField(
        label="La notice a été expliquée",
        required=False,
        help_text="Qui garde quoi, pourquoi, combien de temps, et ses droits.",
    )
    happened_on = forms.DateField(label="Donné le", widget=DateInput)

    def __init__(self, *args: Any, actor: Actor, **options: Any) -> None:
        super().__init__(*args, **options)
        self.offer("partner_id", [("", "Aucun"), *((str(pk), name) for pk, name in partner_choices(actor))])
        self.offer("language", [CHOOSE, *language_choices()])
        self.initial.setdefault("happened_on", today())
        self.initial.setdefault("interpreter", InterpreterHelp.AUCUN)
        self.initial.setdefault("manner", Manner.PAROLE)

    def command(self, person_id: uuid.UUID) -> GiveAgreement:
        """The command, once the form is valid."""
        return GiveAgreement(person_id=person_id, **self.cleaned_data)
