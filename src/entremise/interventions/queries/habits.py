"""What an author usually answers, learned from their own last acts and nobody else's."""

import uuid
from collections import Counter
from dataclasses import dataclass, field
from itertools import zip_longest
from typing import Any

from entremise.core.actor import Actor
from entremise.core.nomenclature import national
from entremise.interventions.models import Intervention, InterventionCode
from entremise.interventions.presets import CONFLICT_REGISTERS

LEARNED_FROM = 50  # acts
DURATIONS_FROM = 200  # acts
USUAL = 5  # a duration used more often than that is a habit
_FIELDS = {
    "origin": "L2",
    "contact_mode": "L3",
    "language_need": "L9",
    "conflict_kind": "L12",
    "history": "L14",
    "outcome": "L18",
}


@dataclass(frozen=True)
class Habits:
    """Codes by list, the most frequent first; usual durations in minutes; the last place and team."""

    codes: dict[str, list[str]] = field(default_factory=dict)
    durations: list[int] = field(default_factory=list)
    last_site_id: uuid.UUID | None = None
    last_team_id: uuid.UUID | None = None

    def first(self, reference: str, defaults: list[str], length: int) -> list[str]:
        """The codes to keep in sight: one's own, then the trade's."""
        return list(dict.fromkeys([*self.codes.get(reference, []), *defaults]))[:length]


def frequent_codes(actor: Actor) -> Habits:
    """The habits of the actor; two queries."""
    if actor.member_id is None:
        return Habits()
    own = Intervention.objects.filter(author_id=actor.member_id).order_by("-occurred_at", "-pk")
    rows = list(own.values("pk", "site_id", "team_id", "duration_minutes", *_FIELDS)[:DURATIONS_FROM])
    recent = rows[:LEARNED_FROM]
    counts: dict[str, Counter[str]] = {
        reference: Counter(row[name] for row in recent if row[name]) for name, reference in _FIELDS.items()
    }
    codes = InterventionCode.objects.filter(intervention__in=[row["pk"] for row in recent])
    conflicts = set()
    for act_id, reference, code in codes.values_list("intervention_id", "list_reference", "code"):
        counts.setdefault(reference, Counter())[code] += 1
        if reference == "L1" and national(code) in CONFLICT_REGISTERS:
            conflicts.add(act_id)
    durations = Counter(row["duration_minutes"] for row in rows if row["duration_minutes"])
    ordered = {reference: _ordered(found) for reference, found in counts.items()}
    return Habits(
        codes=ordered | {"L18": _outcomes(recent, conflicts)},
        durations=[minutes for minutes, times in durations.most_common(3) if times > USUAL],
        last_site_id=rows[0]["site_id"] if rows else None,
        last_team_id=rows[0]["team_id"] if rows else None,
    )


def _outcomes(rows: list[dict[str, Any]], conflicts: set[uuid.UUID]) -> list[str]:
    """Outcomes of conflicts and of the rest in turn: the more numerous acts must not push the others out of sight."""
    calm = _ordered(Counter(row["outcome"] for row in rows if row["pk"] not in conflicts))
    tense = _ordered(Counter(row["outcome"] for row in rows if row["pk"] in conflicts))
    return [code for pair in zip_longest(tense, calm) for code in pair if code]


def _ordered(counts: Counter[str]) -> list[str]:
    return sorted(counts, key=lambda code: (-counts[code], code))
