"""The forms of this module."""

import re
from collections.abc import Sequence
from typing import Any

from django import forms
from django.http import QueryDict

from entremise.competences.commands import DemandFacts
from entremise.competences.enums import SeatKind
from entremise.competences.models import Record
from entremise.core.ui.widgets import ChipCheckboxes, ChipRadio


class ExportForm(forms.Form):
    """An export to read."""

    file = forms.FileField(
        label="Fichier de l’export",
        help_text="L’archive telle que data.gouv.fr la donne : XML V4.1 (RNCP ou RS), ou les tableaux CSV.",
        widget=forms.FileInput({"accept": ".zip,.xml"}),
    )


class SearchForm(forms.Form):
    """Which records of an export to show."""

    mots = forms.CharField(label="Numéro ou mots de l’intitulé", max_length=200, required=False)
    actives = forms.BooleanField(label="Fiches actives seulement", required=False)


_BOX = re.compile("line-[0-9]{1,4}")


class LinesForm(forms.Form):
    """The competences of a block, one box each, and an empty one for what is missing."""

    def __init__(self, data: QueryDict | None = None, *, lines: Sequence[str] = ()) -> None:
        super().__init__(data)
        told = self.typed(data) if data is not None else list(lines)
        for rank, line in enumerate([*told, ""], 1):
            name = f"line-{rank}"
            label = f"Compétence {rank}" if rank <= len(told) else "Ajouter une compétence"
            self.fields[name] = forms.CharField(
                label=label, widget=forms.Textarea({"rows": 3, "autocomplete": "off"}), required=False, initial=line
            )

    @staticmethod
    def typed(data: QueryDict) -> list[str]:
        """The texts of the boxes in order, the empty ones left out."""
        ranks = sorted(int(name[5:]) for name in data if _BOX.fullmatch(name))[:200]
        return [text for rank in ranks if (text := data.get(f"line-{rank}", "").replace("\x00", "")).strip()]


def _count(label: str, help_text: str = "") -> forms.IntegerField:
    return forms.IntegerField(label=label, help_text=help_text, required=False)


class DemandForm(forms.Form):
    """What the record's words ask of the jury and of candidates, as numbers."""

    professionals = forms.IntegerField(label="Professionnels du secteur")
    professionals_external = forms.BooleanField(label="Extérieurs aux certificateurs", required=False)
    institutions = forms.IntegerField(label="Représentants des institutions")
    institutions_external = forms.BooleanField(label="Extérieurs aux certificateurs", required=False)
    certifiers = forms.IntegerField(label="Représentants du certificateur")
    certifiers_independent = forms.BooleanField(label="N’ont ni formé ni accompagné les candidats", required=False)
    presides = forms.ChoiceField(label="Qui préside", choices=SeatKind.choices, widget=ChipRadio, required=False)
    entry_months = _count("Mois d’expérience à l’entrée en formation", "Vide : la fiche n’en demande pas.")
    validation_hours = _count("Heures de stage pour être certifié", "Vide : la fiche n’en demande pas.")

    def facts(self) -> DemandFacts:
        """The command, once the form is valid."""
        return DemandFacts(**self.cleaned_data)


def demands_known(record: Record) -> dict[str, Any]:
    """What was typed of this record already; no query once its routes are prefetched."""
    seats: list[dict[str, Any]] = next((route.seats for route in record.routes.all() if route.seats), [])
    known: dict[str, Any] = {"entry_months": record.entry_months, "validation_hours": record.validation_hours}
    names = {"professional": "professionals", "institution": "institutions", "certifier": "certifiers"}
    if seats:
        known |= dict.fromkeys(names.values(), 0)
    for seat in seats:
        name = names[seat["kind"]]
        known |= {name: seat["count"], f"{name}_external": seat.get("external", False)}
        known |= {"presides": seat["kind"]} if seat.get("presides") else {}
        known |= {"certifiers_independent": seat.get("independent", False)} if name == "certifiers" else {}
    return known


class RouteForm(forms.Form):
    """What the certifier knows of a route given as closed by inference."""

    is_confirmed = forms.TypedChoiceField(
        label="Votre réponse",
        choices=[("oui", "Je confirme : cette voie est fermée"), ("non", "Je ne le confirme pas : à vérifier")],
        coerce=lambda value: value == "oui",
        widget=ChipRadio,
    )


class CorrespondenceForm(forms.Form):
    """For each block of a record, the older blocks that together count for it."""

    def __init__(
        self, data: QueryDict | None, *, blocks: Sequence[tuple[str, str]], older: Sequence[tuple[str, str]], known: Any
    ) -> None:
        super().__init__(data)
        self.codes = [code for code, _ in blocks]
        for rank, (code, title) in enumerate(blocks):
            self.fields[f"block-{rank}"] = forms.MultipleChoiceField(
                label=f"{code} · {title}",
                choices=older,
                widget=ChipCheckboxes,
                required=False,
                initial=known.get(code, []),
            )

    def pairs(self) -> dict[str, list[str]]:
        """{block: older blocks}, once the form is valid."""
        return {code: self.cleaned_data[f"block-{rank}"] for rank, code in enumerate(self.codes)}
