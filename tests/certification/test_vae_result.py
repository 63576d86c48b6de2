"""Every combination of four blocks gives one result of the national service, and the right one."""

import itertools

import pytest

from entremise.certification.enums import Attendance, Outcome
from entremise.certification.national import NationalResult
from entremise.certification.vae_result import Passage, national_result

BLOCKS = ("B1", "B2", "B3", "B4")
ASIDE, HELD, AIMED, WON, LOST, ABSENT, EXCUSED = range(7)
PASSAGES = {
    WON: Passage(Attendance.PRESENT, Outcome.ACQUIRED),
    LOST: Passage(Attendance.PRESENT, Outcome.NOT_ACQUIRED),
    ABSENT: Passage(Attendance.ABSENT),
    EXCUSED: Passage(Attendance.EXCUSED),
}


def expected(state: tuple[int, ...], proof_missing: bool) -> str:
    """The same said otherwise: by counting what each block went through, as a person would."""
    count = state.count
    if not count(WON) and not count(LOST):
        return "CANDIDAT_ABSENT" if count(ABSENT) else "CANDIDAT_EXCUSE"
    if not count(WON):
        return "ECHEC"
    still = count(AIMED) + count(LOST) + count(ABSENT) + count(EXCUSED)
    if count(ASIDE):
        return "SUCCES_PARTIEL_CERTIFICATION_PARTIELLE" if still else "SUCCES_TOTAL_CERTIFICATION_PARTIELLE"
    if still:
        return "SUCCES_PARTIEL_CERTIFICATION_COMPLETE"
    return "SUCCES_TOTAL_CERTIFICATION_COMPLETE" + ("_SOUS_RESERVE" if proof_missing else "")


@pytest.mark.parametrize("proof_missing", [False, True])
def test_every_combination_of_four_blocks(proof_missing):
    seen = set()
    for state in itertools.product(range(7), repeat=4):
        if not set(state) & set(PASSAGES):
            continue  # a session where the candidate was not expected gives no result
        blocks = dict(zip(BLOCKS, state, strict=True))
        result = national_result(
            BLOCKS,
            {code for code, what in blocks.items() if what not in (ASIDE, HELD)},
            {code for code, what in blocks.items() if what == HELD},
            {code: PASSAGES[what] for code, what in blocks.items() if what in PASSAGES},
            proof_missing=proof_missing,
        )
        assert result.value == expected(state, proof_missing), state
        seen.add(result)
    assert seen == set(NationalResult) - {NationalResult.FULL_OF_FULL if proof_missing else NationalResult.PENDING}
