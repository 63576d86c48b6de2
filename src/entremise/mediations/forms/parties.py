"""The parties, their first contact, their agreement to enter."""

import uuid
from typing import Any

from django import forms

from entremise.core.actor import Actor
from entremise.core.ui.widgets import DateInput, SearchSelect
from entremise.intercultural.queries import language_choices
from entremise.mediations.commands import PartyFacts
from entremise.mediations.enums import ConsentManner, ParentalAuthority, PartyKind, Representation
from entremise.mediations.forms.base import CHOOSE, line, one_of, words
from entremise.mediations.models import Case, Party
from entremise.privacy.queries import get_person, person_choices

MINOR = ("is_minor", "own_wish", "authority")


class PartyForm(forms.Form):
    """Who is on this side."""

    kind = one_of("La partie est", PartyKind.choices, initial=PartyKind.PERSONNE)
    person_id = forms.TypedChoiceField(
        label="La personne",
        required=False,
        coerce=uuid.UUID,
        empty_value=None,
        widget=SearchSelect,
        help_text="Parmi les personnes suivies par l’équipe : sa fiche garde son nom et comment la joindre.",
    )
    label = line(
        "Comment l’appeler",
        "Le groupe, l’institution, ou quelques mots tant que la personne n’a pas de fiche : les jeunes du hall 12, "
        "l’agence du bailleur, la voisine du 2e.",
    )
    empowered = line("Qui peut s’engager pour l’institution", "Nom et fonction.")
    representation = one_of("Elle", Representation.choices, initial=Representation.SEULE)
    supporter = line("Qui l’accompagne ou la représente")
    language = forms.ChoiceField(label="Langue parlée", widget=SearchSelect)
    interpreter = forms.BooleanField(label="Il faut un interprète", required=False)
    is_minor = forms.BooleanField(label="La partie est mineure", required=False)
    own_wish = words("Ce que le mineur souhaite, dans ses mots", rows=3)
    authority = forms.ChoiceField(label="Autorité parentale", choices=ParentalAuthority.choices)

    def __init__(self, *args: Any, actor: Actor, case: Case, party: Party | None = None, **options: Any) -> None:
        super().__init__(*args, **options)
        persons = person_choices(actor, case.team_id)
        if party is not None and party.person_id and str(party.person_id) not in dict(persons):
            persons = [(str(party.person_id), get_person(actor, party.person_id).reference), *persons]
        self.fields["person_id"].choices = [CHOOSE, *persons]  # type: ignore[attr-defined]
        self.fields["language"].choices = language_choices()  # type: ignore[attr-defined]
        self.initial.setdefault("language", "fr")
        self.initial.setdefault("authority", ParentalAuthority.SANS_OBJET)

    @property
    def minor_open(self) -> bool:
        """True when the fold about minors has something to show."""
        return bool(self["is_minor"].value()) or any(name in self.errors for name in MINOR)

    def facts(self) -> PartyFacts:
        """What the service takes."""
        return PartyFacts(**self.cleaned_data)

    @staticmethod
    def initial_of(party: Party) -> dict[str, Any]:
        """What is known of a party."""
        return {name: getattr(party, name) for name in PartyFacts.__dataclass_fields__}


class ContactForm(forms.Form):
    """The day a party was first reached."""

    on = forms.DateField(label="Jointe le", widget=DateInput)


class ConsentForm(forms.Form):
    """A party agrees to enter."""

    on = forms.DateField(label="Le", widget=DateInput)
    manner = one_of("Comment", ConsentManner.choices, initial=ConsentManner.PAROLE)
    language_code = forms.ChoiceField(label="Expliqué en", widget=SearchSelect)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["language_code"].choices = language_choices()  # type: ignore[attr-defined]
