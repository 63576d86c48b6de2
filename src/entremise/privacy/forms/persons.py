"""The fiche of a followed person."""

import uuid
from dataclasses import asdict
from typing import Any

from django import forms

from entremise.accounts.queries import list_teams
from entremise.core.actor import Actor
from entremise.core.ui.widgets import ChipCheckboxes, ChipRadio, DateInput
from entremise.intercultural.queries import language_choices
from entremise.places.fields import CommuneField
from entremise.places.queries import commune_label
from entremise.privacy.commands import PersonFacts
from entremise.privacy.enums import AgeBand, ContactWay, IdentityReason
from entremise.privacy.forms.base import CHOOSE, OfferingForm, PlainText

NAMED = ("name", "name_reason")
NAMES = {"commune_code": "commune"}  # a refusal of the service → the field it is shown beside
CONTACT = ("phone", "email", "address", "contact_reason", "contact_way", "phone_watched", "contact_note")
_FREQUENT = ["fr", "ar", "ary", "arq", "tr", "en", "pt", "ps"]
_OFF = {"autocomplete": "off"}


class PersonForm(OfferingForm):
    """Nothing is required: a reference is given, and often enough."""

    team_id = forms.TypedChoiceField(label="Équipe", coerce=uuid.UUID)
    birth_year = forms.IntegerField(
        label="Année de naissance",
        required=False,
        widget=forms.NumberInput(_OFF | {"inputmode": "numeric"}),
        help_text="L’année seulement, ou la tranche d’âge, ou rien.",
    )
    age_band = forms.ChoiceField(
        label="Tranche d’âge", required=False, choices=[("", "Sans réponse"), *AgeBand.choices]
    )
    commune = CommuneField()
    speaks = forms.MultipleChoiceField(label="Langues parlées", required=False, widget=ChipCheckboxes)
    reads = forms.MultipleChoiceField(
        label="Langues lues",
        required=False,
        widget=ChipCheckboxes,
        help_text="Parler une langue n’est pas la lire : demandez-le.",
    )
    see_again_on = forms.DateField(
        label="À revoir le",
        required=False,
        widget=DateInput,
        help_text="Facultatif. L’équipe en est prévenue ce jour-là ; rien n’est envoyé à la personne.",
    )
    name = PlainText(label="Nom", required=False, widget=forms.TextInput(_OFF))
    name_reason = forms.ChoiceField(
        label="Pourquoi un nom est nécessaire", required=False, choices=[CHOOSE, *IdentityReason.choices]
    )
    phone = PlainText(label="Téléphone", required=False, widget=forms.TextInput(_OFF | {"inputmode": "tel"}))
    email = PlainText(
        label="Adresse électronique", required=False, widget=forms.TextInput(_OFF | {"inputmode": "email"})
    )
    address = PlainText(label="Adresse postale", required=False, widget=forms.Textarea(_OFF | {"rows": 2}))
    contact_reason = forms.ChoiceField(
        label="Pourquoi un contact est nécessaire", required=False, choices=[CHOOSE, *IdentityReason.choices]
    )
    contact_way = forms.ChoiceField(
        label="Moyen le plus sûr de la joindre",
        required=False,
        choices=[("", "Sans réponse"), *ContactWay.choices],
        widget=ChipRadio,
        help_text="Comme la personne le dit, pas comme il nous arrange.",
    )
    phone_watched = forms.BooleanField(
        label="Son téléphone est surveillé par quelqu’un",
        required=False,
        help_text="Le numéro ne paraît plus dans aucun message, lien, papier ni export. Vos rappels restent.",
    )
    contact_note = PlainText(
        label="Précautions",
        required=False,
        widget=forms.Textarea(_OFF | {"rows": 2, "data-text-helper": True}),
        help_text="Par exemple : « seulement le matin », « passer par l’infirmière scolaire ».",
    )

    def __init__(self, *args: Any, actor: Actor, anonymous: set[uuid.UUID], fixed: Any = None, **options: Any) -> None:
        super().__init__(*args, **options)
        teams = [team for team in list_teams(actor, own_only=True) if fixed is None or team.pk == fixed]
        self.offer("team_id", [(str(team.pk), team.name) for team in teams])
        if len(teams) == 1:
            self.fields["team_id"].widget = forms.HiddenInput()
            self.initial.setdefault("team_id", str(teams[0].pk))
        for name, choices in (("speaks", language_choices()), ("reads", language_choices(written_only=True))):
            self.offer(name, choices)
            self.fields[name].widget.frequent = _FREQUENT
        self.is_anonymous = bool(teams) and {team.pk for team in teams} <= anonymous
        if self.is_anonymous:
            for name in (*NAMED, *CONTACT):
                del self.fields[name]

    def facts(self) -> PersonFacts:
        """The command, once the form is valid."""
        found = dict(self.cleaned_data)
        found["commune_code"] = found.pop("commune")
        found["speaks"], found["reads"] = tuple(found["speaks"]), tuple(found["reads"])
        return PersonFacts(**found)

    @staticmethod
    def initial_of(facts: PersonFacts) -> dict[str, Any]:
        """The form's values for a fiche."""
        values = asdict(facts) | {"team_id": str(facts.team_id)}
        return values | {"commune": commune_label(values.pop("commune_code"))}


class FindForm(OfferingForm):
    """A reference typed by hand; sent in the body, since a name may be typed there by mistake."""

    reference = PlainText(
        label="Référence", widget=forms.TextInput(_OFF | {"inputmode": "text", "placeholder": "26-117"})
    )
