"""Calming and tension: given with their denominator, or not at all when that would give a small number away."""

from collections import Counter

import pytest

from entremise.core.suppression import Mark
from entremise.interventions.enums import CALMED
from entremise.interventions.queries import ActFigures
from entremise.statistics.queries.breakdowns import Axis, breakdown
from entremise.statistics.queries.conflicts import calming, known_conflicts, outcome_marks, tension


def figures(conflicts, others=None, pairs=None, registers=None):
    """Counts of a period from outcomes of conflicts and of other acts."""
    others, pairs = others or {}, pairs or {}
    total = sum(conflicts.values()) + sum(others.values())
    registers = registers or {"conflit_temps_reel": sum(conflicts.values()), "presence_active": sum(others.values())}
    return ActFigures(
        total=total,
        people=0,
        people_known=0,
        minutes=0,
        minutes_known=0,
        by_register={code: count for code, count in registers.items() if count},
        by_main_register={},
        by_site={},
        by_space_type={},
        by_slot={},
        by_origin={},
        by_public={},
        by_outcome=dict(Counter(conflicts) + Counter(others)),
        by_age_band={},
        by_gender={},
        conflicts=sum(conflicts.values()),
        conflicts_by_outcome=conflicts,
        calmed=sum(count for code, count in conflicts.items() if code in CALMED),
        tension_pairs=pairs,
    )


def known(acts):
    """Whether the number of conflicts may be written."""
    registers = breakdown(Axis("registre", acts.by_register, {}, str))
    return known_conflicts(acts, outcome_marks(acts, sorted(acts.by_outcome))[1], registers)


@pytest.mark.parametrize(
    ("conflicts", "others", "registers", "expected"),
    [
        ({"apaise": 31, "refus": 13}, {"info_donnee": 50}, None, True),
        ({"apaise": 31, "refus": 2}, {"info_donnee": 50}, None, False),  # 31 of 33 gives 2 away
        ({"apaise": 3, "refus": 20}, {"info_donnee": 50}, None, False),
        ({"apaise": 31, "refus": 13}, {"info_donnee": 2}, None, False),  # 46 acts, 44 conflicts: 2 others
        ({"apaise": 31, "refus": 13}, {}, None, True),  # nothing but conflicts: zero is shown
        ({"apaise": 10}, {"info_donnee": 50}, None, True),  # all of them calmed
        # 6 of the 44 conflicts are in deferred time, masked to protect another register: 44 would give them back.
        (
            {"apaise": 31, "refus": 13},
            {"info_donnee": 50},
            {"conflit_temps_reel": 38, "conflit_temps_differe": 6, "presence_active": 47, "concertation": 3},
            False,
        ),
        ({}, {"info_donnee": 50}, None, True),
        ({"apaise": 2}, {"refus": 1}, None, False),
    ],
)
def test_the_number_of_conflicts_is_written_only_when_it_gives_nothing_away(conflicts, others, registers, expected):
    assert known(figures(conflicts, others, registers=registers)) is expected


def test_an_outcome_is_not_settled_by_the_number_of_calmed_conflicts():
    """Nothing but conflicts: calmed = apaise + accord_oral; 3 oral agreements must not follow from 23 calmed."""
    acts = figures({"apaise": 20, "accord_oral": 3, "refus": 9, "retrait": 12})
    codes = sorted(acts.by_outcome)
    outcomes, groups = outcome_marks(acts, codes)
    hidden = {code for code, mark in zip(codes, outcomes.marks, strict=True) if mark is not Mark.SHOWN}
    assert "accord_oral" in hidden
    calmed_hidden = groups.marks[0] is not Mark.SHOWN
    assert calmed_hidden or "apaise" in hidden or outcomes.whole or groups.whole


def test_calming_says_nothing_hidden_and_nothing_empty():
    some, none = figures({"apaise": 31, "refus": 13}), figures({})
    assert calming(some, none, (True, True), "octobre 2025").value == "31 conflits sur 44"
    assert calming(some, none, (True, True), "octobre 2025").previous == "Octobre 2025 : aucun conflit."
    assert calming(some, some, (False, False), "octobre 2025").value == "nombre masqué"
    assert "31" not in str(calming(some, some, (False, False), "octobre 2025"))
    assert calming(none, some, (True, True), "octobre 2025").value == "aucun conflit"


@pytest.mark.parametrize(
    ("pairs", "seen", "value", "words"),
    [
        ({(3, 1): 44}, True, "−2", "pour les 44 conflits"),
        ({(3, 1): 42}, True, "−2", "44 conflits sauf moins de cinq"),
        ({(1, 2): 30}, True, "+1", "30 conflits sur 44"),
        ({(2, 2): 30}, True, "0", "30 conflits sur 44"),
        ({(3, 1): 4}, True, "nombre masqué", "au moins cinq"),
        ({(3, 1): 44}, False, "nombre masqué", "au moins cinq"),
        ({}, True, "non mesurée", "au moins cinq"),
    ],
)
def test_tension_is_given_with_what_it_is_measured_on(pairs, seen, value, words):
    acts = figures({"apaise": 31, "refus": 13}, pairs=pairs)
    found = tension(acts, acts, (seen, True), "octobre 2025")
    assert found.value == value
    assert words in found.note
