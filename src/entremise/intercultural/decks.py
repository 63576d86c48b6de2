"""The texts for residents: one file a language, the same keys, two forms where the language marks them.

Those of the cards, and those that never change in an agreement or in a letter.
"""

import hashlib
import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from entremise.intercultural.enums import Direction, MediatorForm
from entremise.intercultural.presets import LANGUAGES

FOLDER = Path(__file__).parent / "texts"
PICTOGRAMS = Path(__file__).parent / "pictograms"
SOURCE = "fr"
# The order in which languages are offered: French twice, then as in services.
CODES = ("fr", "fr-simple", "en", "ar", "ps", "prs", "fa", "ti", "ru", "uk", "tr", "pt", "es", "ro")
FRENCH_NAMES = {one.code: one.name.partition(" (")[0] for one in LANGUAGES} | {"fr-simple": "Français simple"}
BUTTONS = "ui"
NUMBERS = "numeros"
# One idea a card; the lines of each, in order. The last card ends with the numbers to call.
LINES: dict[str, tuple[str, ...]] = {
    "qui": ("aide", "organisation", "camp", "police", "gratuit"),
    "peut": ("ecouter", "parler", "service"),
    "limites": ("decider", "punir", "donner", "secours"),
    "confidence": ("equipe", "accord", "danger"),
    "accord": ("libre", "changer", "refuser"),
    "suite": ("ecoute", "ensemble", "nouvelles"),
    "donnees": ("peu", "demander", "reponse", "cnil"),
    NUMBERS: ("gratuit",),
}
CALLS = ("15", "17", "18", "112", "114", "115", "119", "3919")
BUTTON_NAMES = ("precedent", "suivant", "ecouter", "arreter", "fermer", "non_relu")
AGREEMENT = "entente"
AGREEMENT_NAMES = (
    *("titre", "projet", "exemplaire", "date", "reference", "parties", "partie", "toutes", "contexte", "engagements"),
    *("quand", "verifie", "difficulte", "rappeler", "cadre", "libre", "confidentiel", "tiers", "justice"),
    *("signatures", "daccord", "ecran", "papier", "parole", "a_signer", "representee", "interpreter", "interprete"),
)
LETTER = "courrier"
LETTER_NAMES = (
    *("titre", "organisation", "rencontre", "gratuit", "libre", "confidence", "accompagne"),
    *("avis", "passe", "tranquille", "repondre", "rappeler"),
)
PAPERS = {AGREEMENT: AGREEMENT_NAMES, LETTER: LETTER_NAMES}
# What a card calls for inside a sentence: the number itself stands in the reference of numbers alone.
PLACEHOLDERS = {"{organisation}": "", "{n17}": "17", "{n112}": "112"}


def keys_of(card: str) -> tuple[str, ...]:
    """The keys of a card's texts, its title first; those of the buttons for ``ui``, of a paper for its name."""
    if card == BUTTONS or card in PAPERS:
        return tuple(f"{card}.{name}" for name in PAPERS.get(card, BUTTON_NAMES))
    names = ("titre", *LINES[card], *(CALLS if card == NUMBERS else ()))
    return tuple(f"{card}.{name}" for name in names)


KEYS = tuple(key for card in (BUTTONS, *LINES) for key in keys_of(card))


@dataclass(frozen=True)
class Text:
    """What is said: the same for everyone, or as a woman and as a man say it of themselves."""

    feminine: str
    masculine: str

    @property
    def is_marked(self) -> bool:
        """True when the language says it in two ways."""
        return self.feminine != self.masculine

    def said(self, form: str) -> str:
        """The text for a mediator of this form."""
        return self.feminine if form == MediatorForm.FEMININE else self.masculine


@dataclass(frozen=True, kw_only=True)
class Deck:
    """The cards in one language as the software carries them. ``translator`` empty: nobody signed, "non relu"."""

    code: str
    name: str
    lang: str
    direction: str
    translator: str
    translated_on: str
    texts: dict[str, Text]

    @property
    def french_name(self) -> str:
        """The language in French."""
        return FRENCH_NAMES[self.code]

    @property
    def is_source(self) -> bool:
        """True for French, from which the others are translated."""
        return self.code == SOURCE

    @property
    def is_rtl(self) -> bool:
        """True when a line starts on the right."""
        return self.direction == Direction.RTL

    def fingerprint(self, key: str) -> str:
        """Sixteen signs that change when this text or its French does: a review then holds no longer."""
        source = decks()[SOURCE].texts[key]
        own = self.texts[key]
        words = "\n".join((source.feminine, source.masculine, own.feminine, own.masculine))
        return hashlib.sha256(words.encode()).hexdigest()[:16]


@cache
def decks() -> dict[str, Deck]:
    """Every language that has cards, by code, in the order they are offered."""
    return {code: _read(code) for code in CODES}


def _read(code: str) -> Deck:
    found = json.loads((FOLDER / f"{code}.json").read_text(encoding="utf-8"))
    texts = {key: _text(value) for key, value in found.pop("texts").items()}
    return Deck(code=code, texts=texts, **found)


def _text(value: str | dict[str, str]) -> Text:
    return Text(value, value) if isinstance(value, str) else Text(value["f"], value["m"])


@cache
def pictogram(card: str) -> str:
    """The drawing of a card, as SVG."""
    return (PICTOGRAMS / f"{card}.svg").read_text(encoding="utf-8").strip()
