"""From our results, block by block, to the single result the national service of the VAE knows. Pure.

A test walks every combination of four blocks (``tests/certification/test_vae_result.py``).
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from entremise.certification.enums import Attendance, Outcome
from entremise.certification.national import NationalResult


@dataclass(frozen=True)
class Passage:
    """One block of one candidate in one session; ``outcome`` is None for who did not pass."""

    attendance: str
    outcome: str | None = None


def national_result(
    whole: Collection[str],
    aimed: Collection[str],
    before: Collection[str],
    passages: Mapping[str, Passage],
    *,
    proof_missing: bool = False,
) -> NationalResult:
    """The result of one session for one candidate.

    ``whole``: the blocks of the record; ``aimed``: those enrolled for; ``before``: those acquired earlier, for life;
    ``passages``: those of the session. The aim is the complete certification when what is aimed at and what was
    acquired cover the record. ``proof_missing``: all blocks are there, a proof of the route is not: success with a
    reservation. Somebody who came for one block came: absence is said of who came for none.
    """
    if all(one.attendance != Attendance.PRESENT for one in passages.values()):
        absent = any(one.attendance == Attendance.ABSENT for one in passages.values())
        return NationalResult.ABSENT if absent else NationalResult.EXCUSED
    now = {code for code, one in passages.items() if one.outcome == Outcome.ACQUIRED}
    if not now:
        return NationalResult.FAILURE
    held = now | set(before)
    if set(whole) <= held | set(aimed):
        if not set(whole) <= held:
            return NationalResult.PARTIAL_OF_FULL
        return NationalResult.PENDING if proof_missing else NationalResult.FULL_OF_FULL
    return NationalResult.FULL_OF_PARTIAL if set(aimed) <= held else NationalResult.PARTIAL_OF_PARTIAL
