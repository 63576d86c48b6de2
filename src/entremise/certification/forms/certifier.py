"""The forms of the certifier's settings and of the roster of juries."""

import uuid
from typing import Any

from django import forms

from entremise.accounts.enums import Role
from entremise.certification.commands import JurorFacts, SettingsFacts
from entremise.certification.enums import DepositProfile, TieBreak
from entremise.certification.forms.candidates import line
from entremise.certification.queries.candidates import accounts_with
from entremise.competences.enums import SeatKind
from entremise.competences.queries import record_choices
from entremise.core.actor import Actor
from entremise.core.ui.widgets import ChipRadio, DateInput
from entremise.privacy.forms.base import CHOOSE, OfferingForm


class SettingsForm(OfferingForm):
    """What the record leaves to the certifier."""

    asks = ("number_prefix", "tie_break", "deposit_profile")
    record_code = forms.ChoiceField(label="Certification délivrée")
    city = line("Fait à", "La ville écrite au bas du procès-verbal et des certificats.")
    number_prefix = line("Début des numéros", "Des lettres et des chiffres : CERT donne CERT-2026-0001.")
    strict_ties = forms.BooleanField(
        label="Un lien avec un seul candidat écarte de toute la session",
        help_text="C’est la lecture stricte de la fiche. Sinon, le membre se retire pour ce candidat seulement.",
        required=False,
    )
    quorum = forms.IntegerField(label="Quorum", help_text="Combien de membres présents, président compris.")
    tie_break = forms.ChoiceField(
        label="En cas de partage des voix", choices=TieBreak.choices, widget=ChipRadio, required=False
    )
    vae_entry = forms.BooleanField(label="La VAE demande aussi l’expérience d’entrée", required=False)
    vae_hours = forms.BooleanField(label="La VAE demande aussi les heures de stage", required=False)
    deposit_client = line("Identifiant client", "Remis par la Caisse des Dépôts : 8 signes.")
    deposit_certifier = line("Identifiant du certificateur", "8 signes ; souvent le même.")
    deposit_contract = line("Identifiant du contrat")
    deposit_profile = forms.ChoiceField(
        label="Version du fichier",
        choices=DepositProfile.choices,
        widget=ChipRadio,
        help_text="La 1.1.5 sait aussi retirer un passage. Son schéma n’a pas été lu ici : faites-le déposer par "
        "l’exploitant, et chaque fichier y sera comparé avant de vous être donné.",
        required=False,
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.offer("record_code", record_choices())

    def facts(self) -> SettingsFacts:
        """The command, once the form is valid."""
        return SettingsFacts(**self.cleaned_data)


class JurorForm(OfferingForm):
    """Someone of the roster."""

    asks = ("kind",)
    member_id = forms.TypedChoiceField(label="Compte", coerce=uuid.UUID)
    kind = forms.ChoiceField(label="Siège comme", choices=SeatKind.choices, widget=ChipRadio, required=False)
    is_external = forms.BooleanField(
        label="Extérieur aux certificateurs",
        help_text="Ni salarié d’un certificateur, ni d’un organisme qui prépare à cette certification.",
        required=False,
    )
    function = line("Fonction", "Telle qu’elle sera écrite au procès-verbal.")
    employer = line("Employeur")
    trained_on = forms.DateField(label="Informé du référentiel le", widget=DateInput, required=False)
    confidentiality_on = forms.DateField(label="Confidentialité signée le", widget=DateInput, required=False)
    entitled_until = forms.DateField(label="Habilité jusqu’au", widget=DateInput, required=False)
    is_active = forms.BooleanField(label="Peut être convoqué", required=False, initial=True)

    def __init__(self, *args: Any, actor: Actor, **options: Any) -> None:
        super().__init__(*args, **options)
        self.offer("member_id", [CHOOSE, *accounts_with(actor, Role.JURY)])

    def facts(self) -> JurorFacts:
        """The command, once the form is valid."""
        return JurorFacts(**self.cleaned_data)
