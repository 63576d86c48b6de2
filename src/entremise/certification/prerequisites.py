"""What a route asks before a jury, and before the whole certification. Pure: record, certifier's choices, proofs.

The record asks an experience at the entry of training and an internship to validate. It does not say which of the two
bear on the VAE: the certifier does.
"""

from collections.abc import Collection
from dataclasses import dataclass

from entremise.competences.enums import Route
from entremise.competences.queries import RecordFacts

WITHOUT_TRAINING = frozenset({Route.VAE, Route.INDIVIDUAL})


@dataclass(frozen=True)
class Choices:
    """What the certifier decided where the record is silent."""

    vae_entry: bool = False
    vae_hours: bool = False


@dataclass(frozen=True)
class Proofs:
    """What was proven of one candidacy; None is not proven yet, which is not zero."""

    route: str
    months: int | None = None
    hours: int | None = None


def route_fault(record: RecordFacts, route: str) -> str:
    """Why nobody may come by this route; empty when it is open."""
    found = record.route(route)
    if found is None or found.is_open is None:
        return "La fiche ne dit pas que cette voie est ouverte."
    if not found.is_open:
        return found.inferred or "Cette voie n’est pas ouverte pour cette certification."
    return ""


def missing_before_jury(record: RecordFacts, choices: Choices, proofs: Proofs) -> list[str]:
    """What keeps a candidate from an examination; in sentences that say how much is missing."""
    asked = record.entry_months
    bears = proofs.route not in WITHOUT_TRAINING or choices.vae_entry
    if not asked or not bears:
        return []
    if proofs.months is None:
        return [f"L’expérience de {asked} mois demandée à l’entrée en formation n’est pas encore prouvée."]
    if proofs.months < asked:
        return [f"{proofs.months} mois d’expérience prouvés sur {asked} : il en manque {asked - proofs.months}."]
    return []


def missing_before_certification(
    record: RecordFacts, choices: Choices, proofs: Proofs, acquired: Collection[str]
) -> list[str]:
    """What keeps a candidate from the whole certification: blocks, then what the route must prove."""
    left = [block for block in record.blocks if block.code not in acquired]
    found = [f"Bloc à acquérir : {block.title} ({block.code})." for block in left]
    asked = record.validation_hours
    if asked and (proofs.route not in WITHOUT_TRAINING or choices.vae_hours):
        if proofs.hours is None:
            found.append(f"Le stage de {asked} h n’est pas encore prouvé.")
        elif proofs.hours < asked:
            found.append(f"{proofs.hours} h de stage prouvées sur {asked} : il en manque {asked - proofs.hours}.")
    return found + missing_before_jury(record, choices, proofs)
