"""Forms of conventions and of the text of a report."""

import uuid
from typing import Any

from django import forms

from entremise.core.actor import Actor
from entremise.core.ui.widgets import ChipCheckboxes, ChipRadio, DateInput
from entremise.interventions.enums import Register
from entremise.places import queries as places
from entremise.statistics.commands import ConventionFacts, ReportText
from entremise.statistics.enums import FunderKind, Template
from entremise.statistics.models import TEXT_LENGTH, Convention, ReportDraft


def _long_text(label: str, help_text: str, rows: int = 6) -> forms.CharField:
    return forms.CharField(
        label=label,
        required=False,
        max_length=TEXT_LENGTH,
        help_text=help_text,
        widget=forms.Textarea(attrs={"rows": rows, "data-text-helper": True}),
        strip=False,
    )


class ConventionForm(forms.Form):
    """What a funder pays for."""

    funder_name = forms.CharField(
        label="Financeur", max_length=160, help_text="Le nom de l’organisme, pas d’une personne."
    )
    funder_kind = forms.ChoiceField(label="Nature du financeur", choices=FunderKind.choices)
    number = forms.CharField(label="Numéro de la convention", max_length=60, required=False)
    starts_on = forms.DateField(label="Premier jour", widget=DateInput)
    ends_on = forms.DateField(label="Dernier jour", widget=DateInput)
    template = forms.ChoiceField(label="Modèle de bilan", choices=Template.choices, widget=ChipRadio)
    sites = forms.MultipleChoiceField(
        label="Lieux",
        required=False,
        widget=ChipCheckboxes,
        help_text="Une résidence compte avec tout ce qu’elle contient. Aucun choix : tous les lieux.",
    )
    registers = forms.MultipleChoiceField(
        label="Registres comptés",
        required=False,
        choices=Register.choices,
        widget=ChipCheckboxes,
        help_text="Aucun choix : tous les registres.",
    )
    planned_registers = forms.MultipleChoiceField(
        label="Missions prévues (adulte-relais)",
        required=False,
        choices=Register.choices,
        widget=ChipCheckboxes,
        help_text="Le bilan met en regard chaque mission prévue et ce qui a été réalisé.",
    )
    missions = _long_text("Missions prévues, avec les mots de la convention", "Reprises dans le texte modifiable.", 4)
    post = _long_text(
        "Poste, tuteur, formation et parcours",
        "Ce texte est chiffré ; il ne part jamais dans un lien, seulement dans le texte que vous téléchargez.",
        4,
    )
    is_active = forms.BooleanField(label="Convention en cours", required=False, initial=True)

    def __init__(self, *args: Any, actor: Actor, convention: Convention | None = None, **kwargs: Any) -> None:
        if convention is not None:
            kwargs.setdefault("initial", _initial(convention))
        super().__init__(*args, **kwargs)
        chosen = set(self.initial.get("sites", ()))
        self.fields["sites"].choices = _site_choices(actor, chosen)  # type: ignore[attr-defined]

    def facts(self) -> ConventionFacts:
        """What was typed, for the service."""
        data = self.cleaned_data
        return ConventionFacts(
            funder_name=data["funder_name"],
            funder_kind=data["funder_kind"],
            number=data["number"],
            starts_on=data["starts_on"],
            ends_on=data["ends_on"],
            template=data["template"],
            registers=tuple(data["registers"]),
            site_ids=tuple(uuid.UUID(value) for value in data["sites"]),
            planned_registers=tuple(data["planned_registers"]),
            post=data["post"],
            missions=data["missions"],
            is_active=data["is_active"],
        )


def _initial(convention: Convention) -> dict[str, Any]:
    names = ("funder_name", "funder_kind", "number", "starts_on", "ends_on", "template", "registers")
    initial = {
        name: getattr(convention, name) for name in (*names, "planned_registers", "missions", "post", "is_active")
    }
    initial["sites"] = [str(pk) for pk in convention.sites.values_list("pk", flat=True)]
    return initial


def _site_choices(actor: Actor, chosen: set[str]) -> list[tuple[str, list[tuple[str, str]]]]:
    """Whole places by sector (a residence, a line, a square), then what was already chosen besides."""
    groups: dict[str, list[tuple[str, str]]] = {}
    for site in places.list_sites(actor):
        if site.parent_id is None:
            name = site.sector.name if site.sector else places.WITHOUT_SECTOR
            groups.setdefault(name, []).append((str(site.pk), site.name))
    others = chosen - {pk for sites in groups.values() for pk, _ in sites}
    if others:
        names = places.site_names(uuid.UUID(pk) for pk in others)
        groups["Déjà choisis"] = [(str(pk), name) for pk, name in names.items()]
    return list(groups.items())


class ReportTextForm(forms.Form):
    """The part of a report that no figure says."""

    highlights = _long_text("Faits marquants", "Ce qui a changé, ce qui a compté, l’ambiance du quartier.")
    situations = _long_text(
        "Situations anonymisées",
        "Trois à cinq, une par paragraphe. Ni nom, ni adresse, ni origine, ni santé : personne ne doit se reconnaître.",
        10,
    )
    outlook = _long_text("Difficultés et perspectives", "Ce qui a manqué, ce que vous proposez pour la suite.")
    base_version = forms.IntegerField(widget=forms.HiddenInput, min_value=0, max_value=10**6, required=False)

    def __init__(self, *args: Any, draft: ReportDraft, **kwargs: Any) -> None:
        parts = ("highlights", "situations", "outlook")
        kwargs.setdefault("initial", {name: getattr(draft, name) for name in parts} | {"base_version": draft.version})
        super().__init__(*args, **kwargs)

    def text(self) -> ReportText:
        """What was typed, for the service."""
        data = self.cleaned_data
        return ReportText(
            highlights=data["highlights"],
            situations=data["situations"],
            outlook=data["outlook"],
            base_version=data["base_version"] or 0,
        )
