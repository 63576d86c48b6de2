"""What a candidate has acquired: blocks of sealed minutes, kept for life, whatever the session and the route."""

import datetime as dt
import uuid
from collections.abc import Collection
from dataclasses import dataclass

from entremise.certification.enums import Outcome, SessionState
from entremise.certification.models import Addendum, BlockResult


@dataclass(frozen=True)
class Acquired:
    """A result that counts, as its minutes or their last addendum say it."""

    result: BlockResult
    block_code: str
    outcome: Outcome
    decided_on: dt.date
    minutes_number: str
    session_id: uuid.UUID

    @property
    def is_acquired(self) -> bool:
        """True for a block acquired."""
        return self.outcome == Outcome.ACQUIRED


def corrected(sitting_ids: Collection[uuid.UUID]) -> dict[uuid.UUID, str]:
    """The result that the last addendum gives to each of these sittings; nothing for those never corrected."""
    rows = Addendum.objects.filter(sitting_id__in=sitting_ids).order_by("rank")
    return {row.sitting_id: row.outcome for row in rows if row.sitting_id}


def results_of(candidate_id: uuid.UUID) -> list[Acquired]:
    """Every result of sealed minutes, the latest first; two queries."""
    rows = BlockResult.objects.filter(sitting__candidate_id=candidate_id, sitting__session__state=SessionState.SEALED)
    rows = rows.select_related("sitting__session__minutes").order_by("-sitting__session__minutes__sealed_at", "-pk")
    found = list(rows)
    changed = corrected([row.sitting_id for row in found])
    return [
        Acquired(
            row,
            row.sitting.block_code,
            Outcome(changed.get(row.sitting_id, row.outcome)),
            row.sitting.session.ends_on,
            row.sitting.session.minutes.number,
            row.sitting.session_id,
        )
        for row in found
    ]


def acquired_blocks(candidate_id: uuid.UUID) -> dict[str, Acquired]:
    """The blocks acquired, each with the first result that gave it."""
    return {one.block_code: one for one in results_of(candidate_id) if one.is_acquired}
