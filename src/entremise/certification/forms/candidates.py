"""The forms of candidate files."""

import uuid
from collections.abc import Sequence
from typing import Any

from django import forms

from entremise.accounts.enums import Role
from entremise.certification.commands import CandidacyFacts, CivilStatus, CompanionFacts
from entremise.certification.enums import Companionship, ExperienceNature, Sex
from entremise.certification.models import Candidate
from entremise.certification.queries.candidates import OFFERED, accounts_with, find_by_reference
from entremise.competences.enums import Route
from entremise.competences.queries import RecordFacts
from entremise.core.actor import Actor
from entremise.core.ui.widgets import ChipCheckboxes, ChipRadio
from entremise.privacy.forms.base import CHOOSE, OfferingForm, PlainText

_OFF = {"autocomplete": "off"}


def line(label: str, help_text: str = "", **options: Any) -> PlainText:
    """One line that the browser does not remember."""
    options.setdefault("required", False)
    return PlainText(label=label, help_text=help_text, widget=forms.TextInput(_OFF), **options)


def account(label: str, help_text: str = "") -> forms.TypedChoiceField:
    """An account of the certifier, or nobody."""
    return forms.TypedChoiceField(label=label, help_text=help_text, required=False, coerce=uuid.UUID, empty_value=None)


class CivilForm(OfferingForm):
    """A person as their birth certificate names them."""

    asks: tuple[str, ...] = ("birth_name", "first_names", "sex", "born_on", "birth_place")
    base_version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    birth_name = line("Nom de naissance", "Comme sur l’acte de naissance, accents et traits d’union compris.")
    usage_name = line("Nom d’usage", "Seulement s’il diffère.")
    first_names = line("Prénoms", "Tous, dans l’ordre de l’acte, séparés par des virgules.")
    sex = forms.ChoiceField(label="Sexe à l’état civil", choices=Sex.choices, widget=ChipRadio, required=False)
    born_on = line("Date de naissance", "1984-07-21 ; 1984-07 ou 1984 si l’acte n’en dit pas plus.")
    birth_place = line("Lieu de naissance", "La commune, ou la ville à l’étranger.")
    birth_code = line("Code COG du lieu", "Cinq signes : 31555, 2A004, ou 99 et trois chiffres à l’étranger.")
    birth_country = line("Pays de naissance", "S’il n’est pas la France.")
    email = line("Adresse électronique", "Pour la convocation et la notification.")
    employer = line("Employeur", "Un juré du même employeur est écarté.")
    accommodations = PlainText(
        label="Aménagements demandés",
        help_text="Ce qui change le jour de l’épreuve (temps, lieu, aide), jamais un diagnostic.",
        widget=forms.Textarea({"rows": 3, **_OFF}),
        required=False,
    )
    extra_time = line(
        "Temps supplémentaire, en %", "33 pour un tiers de temps en plus : l’ordre de passage en tient compte."
    )
    member_id = account("Compte du candidat", "Il y lira son dossier et ses résultats.")
    is_another = forms.BooleanField(
        label="C’est une autre personne que celle déjà connue", required=False, widget=forms.HiddenInput
    )

    def __init__(self, *args: Any, actor: Actor, **options: Any) -> None:
        super().__init__(*args, **options)
        self.offer("member_id", [CHOOSE, *accounts_with(actor, Role.CANDIDAT)])

    def civil_status(self) -> CivilStatus:
        """The command, once the form is valid."""
        return CivilStatus(**{name: self.cleaned_data[name] for name in CivilStatus.__dataclass_fields__})

    def ask_whether_another(self) -> None:
        """Show the box once the service has found the same civil status."""
        if self.has_error("is_another"):
            self.fields["is_another"].widget = forms.CheckboxInput()


class ChoosingForm(OfferingForm):
    """Chooses a candidate: among the latest, or any other by the number of their file."""

    asks: tuple[str, ...] = ()
    candidate_id = forms.TypedChoiceField(label="Candidat", coerce=uuid.UUID, required=False, empty_value=None)
    reference = line("Ou son numéro de dossier", "La liste n’a que les plus récents.", max_length=12)

    def __init__(self, *args: Any, actor: Actor, people: Sequence[Candidate], **options: Any) -> None:
        super().__init__(*args, **options)
        self.actor = actor
        self.offer("candidate_id", [CHOOSE, *((str(one.pk), f"{one.name} ({one.reference})") for one in people)])
        if len(people) < OFFERED:
            del self.fields["reference"]
            self.asks = ("candidate_id", *self.asks)

    def clean(self) -> dict[str, Any]:
        """``candidate_id``, whichever way it was given."""
        told = super().clean() or {}
        typed = told.pop("reference", "")
        if not told.get("candidate_id") and typed:
            found = find_by_reference(self.actor, typed)
            told["candidate_id"] = found.pk if found else None
            if found is None:
                self.add_error("reference", "Aucun dossier ouvert ne porte ce numéro.")
        elif not told.get("candidate_id") and not self.has_error("candidate_id"):
            self.add_error("candidate_id", "Choisissez un candidat.")
        return told


class CandidacyForm(OfferingForm):
    """The route, the blocks, what was seen of the proofs."""

    asks: tuple[str, ...] = ("route", "block_codes")
    route = forms.ChoiceField(label="Voie d’accès", widget=ChipRadio, required=False)
    block_codes = forms.MultipleChoiceField(label="Blocs visés", widget=ChipCheckboxes, required=False)
    experience_months = forms.IntegerField(label="Mois d’expérience prouvés", required=False)
    experience_nature = forms.ChoiceField(
        label="Nature de cette expérience", choices=ExperienceNature.choices, widget=ChipRadio, required=False
    )
    internship_hours = forms.IntegerField(label="Heures de stage prouvées", required=False)

    def __init__(self, *args: Any, record: RecordFacts, **options: Any) -> None:
        super().__init__(*args, **options)
        self.offer("route", Route.choices)
        self.offer("block_codes", [(block.code, block.title) for block in record.blocks])
        if not self.is_bound and "block_codes" not in self.initial:
            self.initial["block_codes"] = [block.code for block in record.blocks]

    def facts(self) -> CandidacyFacts:
        """The command, once the form is valid."""
        return CandidacyFacts(**{name: self.cleaned_data[name] for name in CandidacyFacts.__dataclass_fields__})


class NewCandidateForm(CandidacyForm, CivilForm):
    """Both at once: nobody opens a file without saying by which route."""

    asks = CivilForm.asks + CandidacyForm.asks
    field_order = list(CivilForm.base_fields)


class CompanionForm(OfferingForm):
    """Who went with the candidate."""

    asks = ("kind",)
    kind = forms.ChoiceField(label="Qui était-ce", choices=Companionship.choices, widget=ChipRadio, required=False)
    member_id = account("Son compte ici", "S’il en a un : le jury le retrouvera sans qu’on s’en souvienne.")
    name = line("Son nom, sinon")
    structure = line("Sa structure")

    def __init__(self, *args: Any, actor: Actor, **options: Any) -> None:
        super().__init__(*args, **options)
        people = dict(accounts_with(actor, Role.FORMATEUR)) | dict(accounts_with(actor, Role.JURY))
        people |= dict(accounts_with(actor, Role.CERTIFICATEUR))
        self.offer("member_id", [CHOOSE, *sorted(people.items(), key=lambda pair: pair[1].casefold())])

    def facts(self) -> CompanionFacts:
        """The command, once the form is valid."""
        return CompanionFacts(**self.cleaned_data)
