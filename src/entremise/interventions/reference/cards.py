"""Reflex cards: what to do when a danger sign (L16) shows, short enough to read while walking."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from entremise.accounts.enums import Job
from entremise.interventions.reference import numbers

DATA_FILE = Path(__file__).parent / "data" / "cards.json"
GENERAL = "desescalade"

# What each job meets most often; every card stays one tap away for everyone.
BY_JOB: dict[Job, tuple[str, ...]] = {
    Job.ESPACES_PUBLICS: (
        GENERAL,
        "violence_physique",
        "arme",
        "menace_mort",
        "equipe_visee",
        "intoxication",
        "incendie",
    ),
    Job.MILIEU_SCOLAIRE: (GENERAL, "mineur_danger", "violence_physique", "suicide", "menace_mort", "radicalite"),
    Job.PUBLICS_EN_ERRANCE: (
        GENERAL,
        "intoxication",
        "crise_psy",
        "personne_vulnerable",
        "suicide",
        "violence_physique",
    ),
    Job.PREVENTION_SPECIALISEE: (
        GENERAL,
        "mineur_danger",
        "suicide",
        "intoxication",
        "radicalite",
        "violence_physique",
    ),
    Job.POINTS_ACCUEIL: (GENERAL, "violences_couple", "personne_vulnerable", "suicide", "crise_psy", "equipe_visee"),
    Job.EMPLOI: (GENERAL, "suicide", "personne_vulnerable", "violences_couple", "equipe_visee"),
    Job.NUMERIQUE: (GENERAL, "personne_vulnerable", "violences_couple", "menace_mort", "mineur_danger"),
    Job.TRANSPORTS: (
        GENERAL,
        "equipe_visee",
        "violence_physique",
        "arme",
        "intoxication",
        "crise_psy",
        "mineur_danger",
    ),
    Job.SOCIOCULTUREL: (GENERAL, "mineur_danger", "violences_couple", "personne_vulnerable", "violence_physique"),
}


@dataclass(frozen=True)
class Section:
    """A moment of the card and its gestures, in order."""

    title: str
    items: tuple[str, ...]


@dataclass(frozen=True)
class Legal:
    """A rule of law that frames the gesture: its reference and what it asks, in plain words."""

    reference: str
    text: str


@dataclass(frozen=True, kw_only=True)
class Card:
    """One card. ``sign`` is the L16 code, empty for the general one; ``mediation`` says when it is excluded."""

    code: str
    sign: str
    title: str
    summary: str
    sections: tuple[Section, ...]
    numbers: tuple[numbers.Number, ...]
    legal: tuple[Legal, ...]
    confidence: str
    limit: str
    mediation: str


@cache
def all_cards() -> tuple[Card, ...]:
    """Every card, the general one first."""
    source = json.loads(DATA_FILE.read_text(encoding="utf-8"))
    return tuple(_card(row) for row in source["cards"])


def _card(row: dict[str, Any]) -> Card:
    return Card(
        **{
            **row,
            "sections": tuple(Section(part["title"], tuple(part["items"])) for part in row["sections"]),
            "numbers": tuple(numbers.for_codes(row["numbers"])),
            "legal": tuple(Legal(**rule) for rule in row["legal"]),
        }
    )


def get(code: str) -> Card | None:
    """The card of a code, or None."""
    return next((card for card in all_cards() if card.code == code), None)


def for_signs(codes: Iterable[str]) -> list[Card]:
    """The cards of these danger signs (L16; a completed item counts as its national code), in the cards' order."""
    wanted = {code.partition(".")[0] for code in codes}
    return [card for card in all_cards() if card.sign and card.sign in wanted]


def for_jobs(jobs: Iterable[str]) -> list[Card]:
    """The cards that these jobs meet most often, in the cards' order; none for an unknown job."""
    wanted = {code for job in jobs for code in BY_JOB.get(job, ())}  # type: ignore[call-overload]
    return [card for card in all_cards() if card.code in wanted]
