"""What a VAE dossier allows, and when it falls asleep. Pure: states, dates, the certifier's delays."""

import datetime as dt
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from entremise.certification.enums import FeasibilityState, Mastery, PieceKind, ValidationState


@dataclass(frozen=True)
class Delays:
    """The certifier's delays, in days. None of them is a hard rule: each is a setting that shows its source."""

    admissibility: int = 60
    warning: int = 15
    jury: int = 90
    notification: int = 15
    idle_before: int = 60
    idle_after: int = 165
    lapse: int = 180


# Where each delay comes from, as the settings page says it.
SOURCES = {
    "admissibility": "Deux mois : délai cité de mémoire, à vérifier dans vos textes.",
    "warning": "Usage de la maison : quand prévenir avant la fin du délai.",
    "jury": "Environ trois mois après le dossier de validation : délai cité de mémoire, à vérifier.",
    "notification": "Quinze jours : cité de mémoire et par un prestataire, à vérifier.",
    "idle_before": "60 jours avant la recevabilité : ce que fait le service national (code publié, janvier 2026).",
    "idle_after": "165 jours après la recevabilité : ce que fait le service national (code publié, janvier 2026).",
    "lapse": "180 jours sans réponse : ce que fait le service national (code publié, janvier 2026).",
}


@dataclass(frozen=True)
class Standing:
    """A dossier as the rules read it."""

    feasibility: str = FeasibilityState.DRAFT
    validation: str = ValidationState.AWAITED
    active_on: dt.date | None = None
    idle_on: dt.date | None = None
    lapsed_on: dt.date | None = None
    valid_until: dt.date | None = None


OPEN = (FeasibilityState.DRAFT, FeasibilityState.INCOMPLETE)
TO_DECIDE = (FeasibilityState.SENT, FeasibilityState.COMPLETE)
# From a state, what the certifier may decide.
DECISIONS: dict[str, tuple[FeasibilityState, ...]] = {
    FeasibilityState.SENT: (
        FeasibilityState.COMPLETE,
        FeasibilityState.INCOMPLETE,
        FeasibilityState.ADMISSIBLE,
        FeasibilityState.REJECTED,
    ),
    FeasibilityState.COMPLETE: (
        FeasibilityState.INCOMPLETE,
        FeasibilityState.ADMISSIBLE,
        FeasibilityState.REJECTED,
    ),
}
NEED_REASON = (FeasibilityState.INCOMPLETE, FeasibilityState.REJECTED)


def jury_faults(standing: Standing | None, day: dt.date) -> list[str]:
    """What keeps a candidate by the VAE from a session on that day; no dossier at all is one."""
    found = []
    if standing is None or standing.feasibility != FeasibilityState.ADMISSIBLE:
        found.append("Le dossier de faisabilité n’est pas recevable, ou pas encore.")
    if standing is None or standing.validation != ValidationState.VERIFIED:
        found.append("Le dossier de validation n’est pas vérifié.")
    if standing is not None and standing.lapsed_on is not None:
        found.append("Cette candidature est caduque.")
    if standing is not None and standing.valid_until is not None and standing.valid_until < day:
        found.append(f"La recevabilité a pris fin le {standing.valid_until:%d/%m/%Y}.")
    return found


def sending_faults(
    asked: Collection[str], told: Mapping[str, tuple[str, str]], pieces: Collection[str], *, sworn: bool
) -> list[str]:
    """What is missing before a dossier de faisabilité leaves. ``told``: code → (text, mastery)."""
    empty = [code for code in asked if not told.get(code, ("", ""))[0].strip()]
    unsaid = [code for code in asked if told.get(code, ("", ""))[1] not in Mastery.values]
    found = []
    if empty:
        found.append(f"Décrivez ce que vous avez fait pour chaque compétence visée ; il reste : {', '.join(empty)}.")
    if unsaid:
        found.append(f"Dites si la compétence est acquise ; il reste : {', '.join(unsaid)}.")
    if PieceKind.ID_CARD not in pieces:
        found.append("Joignez la pièce d’identité.")
    if not sworn:
        found.append("Cochez la déclaration sur l’honneur.")
    return found


def idle_due(standing: Standing, delays: Delays, today: dt.date) -> bool:
    """True when the candidate, whose turn it is, did nothing for too long and was not asked yet.

    Whoever waits for the certifier's decision, or for a jury, is not idle.
    """
    if standing.idle_on is not None or standing.lapsed_on is not None or standing.active_on is None:
        return False
    if standing.feasibility in OPEN:
        return today - standing.active_on >= dt.timedelta(days=delays.idle_before)
    waiting = standing.validation in (ValidationState.AWAITED, ValidationState.FLAGGED)
    admitted = standing.feasibility == FeasibilityState.ADMISSIBLE
    return admitted and waiting and today - standing.active_on >= dt.timedelta(days=delays.idle_after)


def lapse_due(standing: Standing, delays: Delays, today: dt.date) -> bool:
    """True when the candidate was asked and never answered."""
    if standing.lapsed_on is not None or standing.idle_on is None:
        return False
    return today - standing.idle_on >= dt.timedelta(days=delays.lapse)
