"""What each job puts within reach: registers of acts, places and cards.

The codes belong to upper modules, which declare them when ready; a team's job gives its preset.
"""

from collections import defaultdict
from collections.abc import Iterable

from entremise.accounts.enums import Job

REGISTERS, PLACES, CARDS = "registers", "places", "cards"
KINDS = {REGISTERS: "Registres d’intervention", PLACES: "Lieux", CARDS: "Fiches réflexes"}

_codes: dict[tuple[str, str], dict[str, str]] = defaultdict(dict)


def declare(job: str, kind: str, codes: Iterable[tuple[str, str]] | Iterable[str]) -> None:
    """Add codes to a job's preset, alone or with their French label; ValueError for an unknown job or kind."""
    if job not in Job.values or kind not in KINDS:
        raise ValueError(f"unknown preset: {job} {kind}")
    for item in codes:
        code, label = (item, item) if isinstance(item, str) else item
        _codes[job, kind][str(code)] = str(label)


def codes(job: str, kind: str) -> list[str]:
    """The codes of a job's preset, in the order they were declared; empty when nothing was declared."""
    if kind not in KINDS:
        raise ValueError(f"unknown preset: {kind}")
    return list(_codes.get((job, kind), {}))


def table(job: str) -> list[tuple[str, list[str]]]:
    """(kind in French, labels) for the team page."""
    return [(title, list(_codes.get((job, kind), {}).values())) for kind, title in KINDS.items()]
