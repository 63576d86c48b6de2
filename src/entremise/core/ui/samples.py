"""What the style page shows: every component in every state. Places and people are invented."""

import datetime as dt
from pathlib import Path
from typing import Any

from django import forms
from django.http import HttpRequest

from entremise.core.time import now
from entremise.core.ui import lists, widgets

REGISTERS = [
    ("conflit", "Conflit régulé sur place"),
    ("relation", "Mise en relation"),
    ("ecoute", "Écoute, présence"),
    ("orientation", "Orientation"),
    ("alerte", "Alerte aux secours"),
    ("demarche", "Aide à une démarche"),
    ("rappel", "Rappel d’un usage commun, expliqué aux personnes présentes avec leurs mots"),
    ("autre", "Autre registre"),
]
OUTCOMES = [("apaise", "Apaisé sur place"), ("accord", "Accord oral"), ("dialogue", "Dialogue rétabli")]
TENSION = [
    ("0", "0 · aucune tension"),
    ("1", "1 · gêne, agacement exprimé"),
    ("2", "2 · ton qui monte, reproches"),
    ("3", "3 · cris, insultes, attroupement"),
    ("4", "4 · gestes menaçants"),
    ("5", "5 · coups, danger pour une personne"),
]
SITES = [(f"s{n}", f"Hall {n}, allée des Lilas") for n in range(1, 31)]
LONG = "Résidence des Tisserands, bâtiment du fond de la cour, entrée par le passage couvert de la rue des Peupliers"


class SampleForm(forms.Form):
    """One field of each kind."""

    place = forms.ChoiceField(
        label="Où", choices=[("", "Choisir un lieu"), *SITES], widget=widgets.SearchSelect, help_text="Prérempli."
    )
    registers = forms.MultipleChoiceField(
        label="Que s’est-il passé ?",
        choices=REGISTERS,
        widget=widgets.ChipCheckboxes(frequent=["conflit", "relation", "ecoute"]),
        help_text="Un acte peut relever de plusieurs registres.",
    )
    outcome = forms.ChoiceField(label="Avec quel résultat ?", choices=OUTCOMES, widget=widgets.ChipRadio)
    tension = forms.ChoiceField(label="Tension en arrivant", choices=TENSION, widget=widgets.Steps, required=False)
    contacts = forms.IntegerField(label="Personnes rencontrées", widget=widgets.Counter, required=False, min_value=0)
    day = forms.DateField(label="Jour", widget=widgets.DateInput)
    hour = forms.TimeField(label="Heure", widget=widgets.TimeInput, required=False)
    moment = forms.DateTimeField(label="Jour et heure", widget=widgets.DateTimeInput, required=False)
    title = forms.CharField(label="Nom court", required=False, max_length=80)
    words = forms.CharField(
        label="En quelques mots",
        widget=forms.Textarea(attrs={"rows": 3}),
        required=False,
        help_text="Sans nom ni numéro : « une voisine », « trois jeunes ».",
    )
    follow = forms.BooleanField(label="Une suite est à prévoir", required=False)


class FrozenForm(forms.Form):
    """Fields that cannot be changed."""

    site = forms.CharField(label="Site", disabled=True, initial="Hall 12, rue des Peupliers", required=False)
    outcome = forms.ChoiceField(
        label="Résultat", choices=OUTCOMES, widget=widgets.ChipRadio, disabled=True, initial="accord", required=False
    )


class SampleFilters(forms.Form):
    """The filters of a list."""

    registre = forms.ChoiceField(label="Registre", choices=[("", "Tous"), *REGISTERS], required=False)
    du = forms.DateField(label="Du", widget=widgets.DateInput, required=False)
    au = forms.DateField(label="Au", widget=widgets.DateInput, required=False)


_ICONS = Path(__file__).parents[1] / "templates" / "core" / "icons"
WRONG: dict[str, Any] = {
    "registers": ["autre", "inconnu"],
    "tension": "3",
    "contacts": "trois",
    "day": "31/02/2026",
    "hour": "25 h",
    "words": "مرحبا بكم في الحي",
}
RIGHT: dict[str, Any] = {
    "place": "s4",
    "registers": ["conflit"],
    "outcome": "apaise",
    "tension": "3",
    "contacts": 14,
    "day": dt.date(2026, 11, 23),
    "hour": dt.time(19, 42),
    "words": "Échange tendu sur le bruit, une voisine et trois jeunes. Son baissé à 22 h, repasser jeudi.",
}
BARS: list[dict[str, Any]] = [
    {"label": "Hall d’immeuble", "value": 74, "previous": 63},
    {"label": "Pied d’immeuble, abords", "value": 57, "previous": 64},
    {"label": "Parking de résidence", "value": 37, "previous": 24},
    {"label": LONG, "value": 27, "previous": 29},
    {"label": "Local à déchets", "value": None, "note": "masqué, pour qu’aucune soustraction ne révèle la suite"},
    {"label": "Cave, sous-sol", "value": "< 5", "note": "masqué"},
]


def context(request: HttpRequest) -> dict[str, Any]:
    """The variables of the style page."""
    instant = now()
    return {
        "form": SampleForm(initial=RIGHT, auto_id="saisie_%s"),
        "wrong": SampleForm(WRONG, auto_id="erreur_%s"),
        "frozen": FrozenForm(auto_id="fige_%s"),
        "filter_form": SampleFilters(request.GET or None, auto_id="filtre_%s"),
        "page": lists.paginate(request, SITES, per_page=8),
        "icons": sorted(path.stem for path in _ICONS.glob("*.svg")),
        "bars_rows": BARS,
        "long_text": LONG,
        "start": instant - dt.timedelta(hours=3, minutes=40),
        "end": instant,
        "last_week": instant - dt.timedelta(days=6),
        "duration": dt.timedelta(hours=118, minutes=20),
    }
