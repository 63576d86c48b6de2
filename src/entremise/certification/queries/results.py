"""What a candidate has acquired: blocks of sealed minutes, kept for life, whatever the session and the route."""

import datetime as dt
import uuid
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

from entremise.certification.enums import Outcome, SessionState
from entremise.certification.models import Addendum, BlockResult, Candidate
from entremise.competences.capitalising import Equivalence, capitalised
from entremise.competences.queries import equivalences_of


@dataclass(frozen=True)
class Acquired:
    """A result that counts, as its minutes or their last addendum say it.

    ``rests_on``: the blocks of an older record that the certifier holds as this one; empty when the jury gave it.
    """

    result: BlockResult
    block_code: str
    outcome: Outcome
    decided_on: dt.date
    minutes_number: str
    session_id: uuid.UUID
    record_code: str
    rests_on: tuple[str, ...] = ()

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
            row.sitting.session.record_code,
        )
        for row in found
    ]


def acquired_blocks(candidate: Candidate, record_code: str) -> dict[str, Acquired]:
    """The blocks of this record that count for a candidate; three queries."""
    return counting(results_of(candidate.pk), record_code, equivalences_of(candidate.organisation_id))


def counting(results: Sequence[Acquired], record_code: str, decided: Sequence[Equivalence]) -> dict[str, Acquired]:
    """The blocks of this record that were acquired, or that rest on others by decision of the certifier.

    A block resting on several is dated from the last of them, and shown with its minutes.
    """
    acquired = {(one.record_code, one.block_code): one for one in results if one.is_acquired}
    found = {block: one for (record, block), one in acquired.items() if record == record_code}
    for (record, block), roots in capitalised(acquired, decided).items():
        if record == record_code:
            last = max((acquired[root] for root in roots), key=lambda one: one.decided_on)
            found[block] = replace(last, block_code=block, rests_on=tuple(code for _, code in roots))
    return found
