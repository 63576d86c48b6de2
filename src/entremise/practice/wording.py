"""What the text of a piece of evidence must not hold: the place by its name, the day, the hour, the act's own words.

Names and numbers of people are the text helper's matter: it asks, the author decides. These four are refused, because
each of them alone leads back to one act. Pure.
"""

import re
from collections.abc import Iterable

from entremise.core.text import fold

COPIED = 8  # words in a row that are the act's own
_SHORTEST_NAME = 4  # signs: "bus" or "rue" is no name of a place
_MONTHS = "janvier|fevrier|mars|avril|mai|juin|juillet|aout|septembre|octobre|novembre|decembre"
_DAYS = "lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche"
_DATE = re.compile(rf"\b(?:\d{{1,2}}|1er|premier) (?:{_MONTHS})\b|\b(?:{_DAYS}) \d{{1,2}}\b")
_NUMERIC = re.compile(r"\b\d{1,2}[/.-]\d{1,2}(?:[/.-]\d{2,4})?\b|\b\d{4}-\d{2}-\d{2}\b")
_HOUR = re.compile(r"\b\d{1,2}\s?(?:h|:)\s?\d{2}\b|\b\d{1,2}\s?(?:h\b|heures\b)", re.IGNORECASE)

PLACE = "Ce texte nomme le lieu : dites seulement quel type d’espace c’était."
DAY = "Ce texte donne le jour : le mois suffit, il est déjà dit à côté."
HOUR = "Ce texte donne l’heure : dites le matin, le soir, la nuit."
COPY = (
    "Ce texte recopie l’acte mot pour mot : qui lit l’acte le reconnaîtrait. Racontez avec d’autres mots, "
    "en partant de ce que vous avez fait et pourquoi."
)


def faults(text: str, *, places: Iterable[str] = (), source: str = "") -> list[str]:
    """Why this text leads back to the record; empty when none of the four rules says so."""
    folded = f" {fold(text)} "
    checks = (
        (any(f" {name} " in folded for name in _names(places)), PLACE),
        (bool(_DATE.search(folded) or _NUMERIC.search(text)), DAY),
        (bool(_HOUR.search(text.replace("\N{NO-BREAK SPACE}", " "))), HOUR),
        (bool(_runs(fold(text)) & _runs(fold(source))), COPY),
    )
    return [sentence for found, sentence in checks if found]


def _names(places: Iterable[str]) -> list[str]:
    """The name as written and its parts, as people shorten it: "Hall 3, rue des Lilas" is also "rue des Lilas"."""
    parts = [part for place in places for part in (place, *re.split(r"[,·()–]", place))]
    return [name for name in (fold(part) for part in parts) if len(name) >= _SHORTEST_NAME]


def _runs(folded: str) -> set[tuple[str, ...]]:
    words = folded.split()
    return {tuple(words[rank : rank + COPIED]) for rank in range(len(words) - COPIED + 1)}
