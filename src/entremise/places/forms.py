"""What people type about places."""

import uuid
from typing import Any

from django import forms

from entremise.accounts import presets
from entremise.accounts.queries import choices_for, list_teams
from entremise.core.actor import Actor
from entremise.core.ui.widgets import SearchSelect
from entremise.places import queries
from entremise.places.fields import CommuneField
from entremise.places.models import Site


class SectorForm(forms.Form):
    """A sector's name, and whether it is still in use."""

    name = forms.CharField(label="Nom du secteur", max_length=120)
    is_active = forms.BooleanField(label="Secteur en service", required=False, initial=True)


def _usual_first(actor: Actor, types: list[tuple[str, str]]) -> list[Any]:
    """The types of space of one's teams' jobs (of every team for someone who has none), then the others."""
    teams = list_teams(actor, own_only=bool(actor.team_ids))
    wanted = [code for team in teams for code in presets.codes(team.job, presets.PLACES)]
    labels = dict(types)
    usual = [(code, labels[code]) for code in dict.fromkeys(wanted) if code in labels]
    others = [pair for pair in types if pair not in usual]
    return [("Pour vos équipes", usual), ("Autres", others)] if usual and others else types


class SiteForm(forms.Form):
    """The sheet of a site; only the name and the type are asked."""

    name = forms.CharField(
        label="Nom", max_length=160, help_text="Par exemple : Hall 4, Arrêt Gare, Permanence de Bréville."
    )
    space_type = forms.ChoiceField(label="Type d’espace")
    sector_id = forms.ChoiceField(label="Secteur", required=False)
    parent_id = forms.ChoiceField(
        label="Fait partie de",
        required=False,
        widget=SearchSelect,
        help_text="La résidence d’un hall, la ligne d’un arrêt.",
    )
    position = forms.IntegerField(
        label="Rang", required=False, min_value=0, max_value=999, help_text="L’ordre de l’arrêt sur sa ligne."
    )
    address = forms.CharField(
        label="Adresse",
        required=False,
        max_length=240,
        help_text="Facultative. Une permanence itinérante ou un canal en ligne n’en ont pas ; un domicile, jamais.",
    )
    commune = CommuneField()
    qpv_code = forms.CharField(
        label="Code du quartier prioritaire", required=False, max_length=8, help_text="Par exemple QN05945M."
    )
    iris_code = forms.CharField(label="Code IRIS", required=False, max_length=9, help_text="Neuf chiffres.")

    def __init__(self, *args: Any, actor: Actor, site: Site | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offered = choices_for(actor.organisation_id, "L4")["L4"]
        types = list(offered.offered)
        if site and site.space_type not in dict(types):
            types.append((site.space_type, offered.label(site.space_type)))
        self._choices("space_type", [("", "Choisissez"), *_usual_first(actor, types)])
        sectors = list(queries.list_sectors(actor))
        if site and site.sector and site.sector not in sectors:
            sectors.append(site.sector)
        self._choices("sector_id", [("", "Hors secteur"), *((str(one.pk), one.name) for one in sectors)])
        self._choices("parent_id", [("", "Lieu indépendant"), *self._parents(actor, site)])

    def _choices(self, name: str, choices: list[Any]) -> None:
        self.fields[name].choices = choices  # type: ignore[attr-defined]

    @staticmethod
    def _parents(actor: Actor, site: Site | None) -> list[tuple[str, str]]:
        own = site.pk if site else None
        found = [(str(pk), label) for _, group in queries.site_choices(actor) for pk, label in group if pk != own]
        if site and site.parent and str(site.parent_id) not in dict(found):
            found.append((str(site.parent_id), queries.label_of(site.parent)))
        return found

    def facts(self) -> dict[str, Any]:
        """The keywords of ``create_site``, once the form is valid."""
        data = dict(self.cleaned_data)
        data["commune_code"] = data.pop("commune")
        data["position"] = data["position"] or 0
        for name in ("sector_id", "parent_id"):
            data[name] = uuid.UUID(data[name]) if data[name] else None
        return data

    @staticmethod
    def initial_of(site: Site) -> dict[str, Any]:
        """The form's values for a site."""
        names = ("name", "space_type", "sector_id", "parent_id", "position", "address", "qpv_code", "iris_code")
        values: dict[str, Any] = {name: getattr(site, name) for name in names}
        return values | {"commune": queries.commune_label(site.commune_code)}
