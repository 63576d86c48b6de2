"""What people type about partners."""

import uuid
from typing import Any

from django import forms

from entremise.accounts.queries import choices_for
from entremise.core.actor import Actor
from entremise.core.ui.widgets import ChipCheckboxes, SearchSelect
from entremise.directory import queries
from entremise.directory.models import Partner
from entremise.directory.services.partners import facts_of
from entremise.places.fields import CommuneField
from entremise.places.queries import commune_label, list_sectors, site_choices

# Where a refusal of a service stands in a form whose field bears another name.
NAMES = {"commune_code": "commune", "site_id": "place", "sector_id": "place"}


class PartnerForm(forms.Form):
    """The sheet of a partner; only the name and the type are asked."""

    name = forms.CharField(
        label="Nom du service ou de l’organisme",
        max_length=160,
        help_text="Un service, pas une personne : « Mission locale, antenne nord ».",
    )
    partner_type = forms.ChoiceField(label="Type de partenaire")
    phone = forms.CharField(
        label="Téléphone",
        required=False,
        max_length=40,
        help_text="Le numéro public du service. Jamais le téléphone personnel de quelqu’un.",
        widget=forms.TextInput({"inputmode": "tel", "autocomplete": "off"}),
    )
    email = forms.CharField(
        label="Adresse électronique",
        required=False,
        max_length=254,
        help_text="La boîte du service (accueil@…), pas celle d’une personne.",
        widget=forms.TextInput({"inputmode": "email", "autocomplete": "off"}),
    )
    hours = forms.CharField(
        label="Horaires", required=False, max_length=400, help_text="Par exemple : lundi à vendredi, 9 h – 17 h."
    )
    fallback_id = forms.ChoiceField(label="Partenaire à appeler à défaut", required=False, widget=SearchSelect)
    call_instead = forms.CharField(
        label="Qui d’autre appeler",
        required=False,
        max_length=240,
        help_text="Si ce n’est pas un partenaire de l’annuaire : un standard, le 115…",
    )
    address = forms.CharField(label="Adresse", required=False, max_length=240)
    commune = CommuneField()
    sector_ids = forms.MultipleChoiceField(
        label="Secteurs servis", required=False, widget=ChipCheckboxes, help_text="Aucun coché : tous les secteurs."
    )
    note = forms.CharField(
        label="Remarque",
        required=False,
        max_length=400,
        help_text="Utile à l’équipe : accès, pièces demandées. Aucun nom de personne.",
    )
    checked = forms.BooleanField(label="J’ai vérifié ces informations aujourd’hui", required=False)

    def __init__(self, *args: Any, actor: Actor, partner: Partner | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offered = choices_for(actor.organisation_id, "L20")["L20"]
        types = list(offered.offered)
        if partner and partner.partner_type not in dict(types):
            types.append((partner.partner_type, offered.label(partner.partner_type)))
        self.fields["partner_type"].choices = [("", "Choisissez"), *types]  # type: ignore[attr-defined]
        others = [(str(pk), name) for pk, name in queries.partner_choices(actor) if not partner or pk != partner.pk]
        if partner and partner.fallback and str(partner.fallback_id) not in dict(others):
            others.append((str(partner.fallback_id), partner.fallback.name))
        self.fields["fallback_id"].choices = [("", "Aucun"), *others]  # type: ignore[attr-defined]
        served = set(partner.sectors.values_list("pk", flat=True)) if partner else set()
        sectors = [one for one in list_sectors(actor, active_only=False) if one.is_active or one.pk in served]
        self.fields["sector_ids"].choices = [(str(one.pk), one.name) for one in sectors]  # type: ignore[attr-defined]
        if not sectors:
            del self.fields["sector_ids"]
        if partner:
            del self.fields["checked"]

    def facts(self) -> dict[str, Any]:
        """The keywords of ``create_partner``, once the form is valid."""
        data = dict(self.cleaned_data)
        data["commune_code"] = data.pop("commune")
        data["fallback_id"] = uuid.UUID(data["fallback_id"]) if data["fallback_id"] else None
        data["sector_ids"] = tuple(uuid.UUID(one) for one in data.get("sector_ids", []))
        return data

    @staticmethod
    def initial_of(partner: Partner) -> dict[str, Any]:
        """The form's values for a partner."""
        values = dict(vars(facts_of(partner)))
        values["sector_ids"] = [str(pk) for pk in values["sector_ids"]]
        return values | {"commune": commune_label(partner.commune_code)}


class OwnerForm(forms.Form):
    """Which partner answers for which place, for which defects."""

    place = forms.ChoiceField(label="Lieu ou secteur", widget=SearchSelect)
    partner_id = forms.ChoiceField(label="Partenaire à prévenir", widget=SearchSelect)
    categories = forms.MultipleChoiceField(
        label="Pour quels signalements", required=False, widget=ChipCheckboxes, help_text="Aucun coché : tous."
    )

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        sectors = [(f"secteur:{one.pk}", f"Tout le secteur {one.name}") for one in list_sectors(actor)]
        groups = [(name, [(f"lieu:{pk}", label) for pk, label in sites]) for name, sites in site_choices(actor)]
        places = [("", "Choisissez"), *([("Secteurs", sectors)] if sectors else []), *groups]
        self.fields["place"].choices = places  # type: ignore[attr-defined]
        partners = [(str(pk), name) for pk, name in queries.partner_choices(actor)]
        self.fields["partner_id"].choices = [("", "Choisissez"), *partners]  # type: ignore[attr-defined]
        self.fields["categories"].choices = queries.category_choices(actor)  # type: ignore[attr-defined]
        if not queries.category_choices(actor):
            del self.fields["categories"]

    def facts(self) -> dict[str, Any]:
        """The keywords of ``name_owner``, once the form is valid."""
        kind, _, pk = self.cleaned_data["place"].partition(":")
        return {
            "site_id" if kind == "lieu" else "sector_id": uuid.UUID(pk),
            "partner_id": uuid.UUID(self.cleaned_data["partner_id"]),
            "categories": self.cleaned_data.get("categories", []),
        }
