"""The process, walked through every path: nothing is skipped silently, nothing is agreed without each party."""

from itertools import product

import pytest

from entremise.mediations import process
from entremise.mediations.enums import Ground, Outcome, ShownOutcome, Stage
from entremise.mediations.process import FORWARD, ORDER, Facts, Guard

NAMES = ("free_mediator", "admissible", "contacted", "interviewed", "consents", "concluded")
EVERY = [
    Facts(parties=parties, **dict(zip(NAMES, values, strict=True)))
    for parties in (1, 2)
    for values in product((False, True), repeat=len(NAMES))
]


def test_every_move_was_looked_at():
    """Each pair of stages under each combination of facts: open exactly when it goes back or nothing is missing."""
    seen = 0
    for source, target, facts in product(ORDER, ORDER, EVERY):
        missing = process.refusals(source, target, facts)
        guards = FORWARD.get((source, target))
        back = ORDER.index(target) < ORDER.index(source)
        back = back and (facts.consents or target not in process.NEEDS_CONSENT)
        opened = guards is not None and all(facts.holds(guard) for guard in guards)
        assert (missing == []) == (source != Stage.CLOTURE and (opened or back)), (source, target, facts)
        seen += 1
    assert seen == 11 * 11 * 128


def reachable() -> set[tuple[Stage, Facts]]:
    """Every pair (stage, facts) that a case can come to, whatever changes meanwhile and however often it goes back.

    Facts may turn at any moment; a living agreement lost brings the case where ``after_withdrawal`` says.
    An agreement is concluded at its stage only, with the agreement of each party to be there.
    """
    start = (Stage.SAISINE, Facts())
    found, waiting = {start}, [start]
    while waiting:
        stage, facts = waiting.pop()
        following = [(stage, other) for other in EVERY if may_turn(stage, facts, other)]
        following += [(process.after_withdrawal(stage), Facts(**(vars(facts) | {"consents": False})))]
        following += [(target, facts) for target in ORDER if not process.refusals(stage, target, facts)]
        for state in following:
            if state not in found:
                found.add(state)
                waiting.append(state)
    return found


def may_turn(stage: Stage, facts: Facts, other: Facts) -> bool:
    """Where facts may turn without the case moving."""
    concludes = other.concluded and not facts.concluded
    loses = facts.consents and not other.consents
    if concludes and not (stage == Stage.ACCORD and facts.consents and other.consents):
        return False
    return not (loses and stage in process.NEEDS_CONSENT)


@pytest.fixture(scope="module")
def states():
    return reachable()


def test_talks_and_agreement_never_stand_without_the_living_agreement_of_each(states):
    assert [state for state in states if state[0] in process.NEEDS_CONSENT and not state[1].consents] == []


def test_the_follow_up_is_reached_by_an_agreement_concluded_with_each_and_by_nothing_else():
    ways = {pair: guards for pair, guards in FORWARD.items() if pair[1] == Stage.SUIVI}
    assert list(ways) == [(Stage.ACCORD, Stage.SUIVI)]
    assert {Guard.CONSENTS, Guard.CONCLUDED} <= set(ways[Stage.ACCORD, Stage.SUIVI])


def test_an_agreement_closes_only_what_was_concluded(states):
    for stage, facts in states:
        if set(process.endings(stage, facts)) & process.AGREED:
            assert facts.concluded
            assert stage in (Stage.ACCORD, Stage.SUIVI)


def test_every_stage_is_reached_and_every_open_one_can_go_back_and_close(states):
    assert {stage for stage, _ in states} == set(ORDER) - {Stage.CLOTURE}  # closing is a gesture of its own
    for stage in ORDER[1:-1]:
        assert process.former_steps(stage)[-1] == Stage.SAISINE
    for stage in ORDER[:-1]:
        assert process.endings(stage, Facts())


def test_only_the_shuttle_or_the_round_table_is_left_aside_and_it_is_said():
    for source, target in FORWARD:
        between = set(ORDER[ORDER.index(source) + 1 : ORDER.index(target)])
        assert between <= process.OPTIONAL
        assert set(process.passed_over(source, target)) == between


@pytest.mark.parametrize("ground", list(Ground))
def test_no_ground_shows_in_what_everyone_reads(ground):
    assert process.shown(process.outcome_of_ground(ground)) == ShownOutcome.PAS_ADAPTE


@pytest.mark.parametrize(
    "outcome", [Outcome.DESISTEMENT, Outcome.REFUS, Outcome.HORS_CADRE, Outcome.DANGER, Outcome.RETRAIT_MEDIATEUR]
)
def test_nobody_learns_who_withdrew(outcome):
    assert process.shown(outcome) == ShownOutcome.PAS_ADAPTE


def test_a_dialogue_without_agreement_stays_what_it_is():
    assert process.shown(Outcome.DIALOGUE_RETABLI) == ShownOutcome.DIALOGUE_RETABLI


def test_a_closed_mediation_goes_nowhere():
    for target, facts in product(ORDER, EVERY):
        assert process.refusals(Stage.CLOTURE, target, facts)
