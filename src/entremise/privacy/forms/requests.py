"""Forms of the register of requests."""

import uuid
from typing import Any

from django import forms

from entremise.core.time import today
from entremise.core.ui.filters import PeriodForm
from entremise.core.ui.lists import asked_order
from entremise.core.ui.widgets import ChipRadio, DateInput
from entremise.privacy.enums import (
    ExtensionReason,
    IdentityCheck,
    RefusalGround,
    RequestChannel,
    RequestKind,
    RequestOutcome,
)
from entremise.privacy.queries.requests import DONE, EVERY, LATE, NEAR, SORTS, RequestFilters
from entremise.privacy.services.requests import REPLY_LENGTH, WORDS_LENGTH, Answer, RequestFacts


class RequestFilterForm(PeriodForm):
    """GET only: codes and dates."""

    etat = forms.ChoiceField(
        label="État",
        required=False,
        choices=[
            ("", "À répondre"),
            (LATE, "En retard"),
            (NEAR, "Dans la semaine"),
            (DONE, "Répondues"),
            (EVERY, "Toutes"),
        ],
    )
    droit = forms.ChoiceField(
        label="Droit",
        required=False,
        choices=[("", "Tous"), *((code, label.partition(" : ")[0]) for code, label in RequestKind.choices)],
    )
    reponse = forms.ChoiceField(label="Réponse", required=False, choices=[("", "Toutes"), *RequestOutcome.choices])
    du = forms.DateField(label="Reçue du", required=False, widget=DateInput)
    au = forms.DateField(label="au (inclus)", required=False, widget=DateInput)
    field_order = ("etat", "droit", "reponse", "du", "au")

    def filters(self) -> RequestFilters:
        """What the list keeps."""
        self.is_valid()
        found = self.cleaned_data
        state, outcome = found.get("etat") or "", found.get("reponse") or ""
        if outcome and not state:
            state = DONE  # only answered requests have an outcome
        return RequestFilters(
            state=state, kind=found.get("droit") or "", outcome=outcome, first=found.get("du"), last=found.get("au")
        )

    def order(self) -> list[Any]:
        """The order that was asked: the first to fall due at the top."""
        return asked_order(self.data, SORTS, "echeance")


class RequestForm(forms.Form):
    """What is noted when someone asks."""

    kind = forms.ChoiceField(label="Ce que la personne demande", choices=RequestKind.choices, widget=ChipRadio)
    received_on = forms.DateField(
        label="Reçue le",
        widget=DateInput,
        help_text="Le jour où la demande est arrivée, à n’importe qui de l’organisation : le mois part de là.",
    )
    channel = forms.ChoiceField(label="Comment", choices=RequestChannel.choices, widget=ChipRadio)
    words = forms.CharField(
        label="Avec ses mots",
        required=False,
        max_length=WORDS_LENGTH,
        widget=forms.Textarea(attrs={"rows": 4, "data-text-helper": True}),
        help_text="Ce qu’elle veut savoir, corriger ou faire cesser. Ce texte est chiffré.",
    )
    reply_to = forms.CharField(
        label="Comment lui répondre",
        required=False,
        max_length=REPLY_LENGTH,
        help_text="Le moyen qu’elle choisit : en main propre, une adresse, un prochain rendez-vous.",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("initial", {"received_on": today()})
        super().__init__(*args, **kwargs)

    def facts(self, person_id: uuid.UUID | None = None) -> RequestFacts:
        """What was typed, for the service."""
        return RequestFacts(**self.cleaned_data, person_id=person_id)


class MatchForm(forms.Form):
    """The fiche of the one who asks."""

    reference = forms.CharField(
        label="Référence de la fiche",
        max_length=20,
        help_text="Demandez-la à la personne (elle est sur sa notice) ou à l’équipe qui la suit.",
    )


class EraseForm(forms.Form):
    """A last look before what cannot be undone."""

    reference = forms.CharField(label="Pour confirmer, écrivez la référence de la fiche", max_length=20)


class IdentityForm(forms.Form):
    """How we made sure."""

    identity = forms.ChoiceField(
        label="L’identité a été vérifiée ainsi",
        choices=[choice for choice in IdentityCheck.choices if choice[0] != IdentityCheck.A_FAIRE],
        widget=ChipRadio,
        help_text="Demandez le moins possible. Aucune copie de pièce d’identité n’est gardée.",
    )


class ExtendForm(forms.Form):
    """Two months more."""

    reason = forms.ChoiceField(label="Raison", choices=ExtensionReason.choices, widget=ChipRadio)
    told = forms.BooleanField(label="La personne est prévenue, avec cette raison", required=False)


class AnswerForm(forms.Form):
    """What was answered."""

    outcome = forms.ChoiceField(label="Réponse donnée", choices=RequestOutcome.choices, widget=ChipRadio)
    ground = forms.ChoiceField(
        label="Fondement, pour un refus même partiel",
        required=False,
        choices=[("", "Aucun refus"), *RefusalGround.choices],
    )
    answered_on = forms.DateField(label="Répondue le", widget=DateInput)
    words = forms.CharField(
        label="Ce qui lui a été dit",
        required=False,
        max_length=WORDS_LENGTH,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Ce texte est chiffré. En cas de refus, dites-lui aussi qu’elle peut saisir la CNIL ou le juge.",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("initial", {"answered_on": today()})
        super().__init__(*args, **kwargs)

    def answer(self) -> Answer:
        """What was typed, for the service."""
        return Answer(**self.cleaned_data)
