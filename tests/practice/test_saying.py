"""No act is pointed at by what is said of it: the rule itself, on every log that chance can make."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from entremise.practice import wording
from entremise.practice.enums import Grain
from entremise.practice.saying import (
    ENOUGH,
    RARE,
    gestures_that_may_be_said,
    most_that_may_be_said,
    safest_period,
    said_when,
)

DAYS = st.dates(dt.date(2025, 11, 1), dt.date(2026, 3, 31))
TRAITS = st.sets(
    st.sampled_from(
        [("L1", "a"), ("L1", "b"), ("L4", "hall"), ("L4", "rue"), ("L17", "x"), ("L17", "y"), ("L18", "z")]
    ),
    min_size=1,
)
LOGS = st.lists(st.tuples(DAYS, TRAITS), min_size=1, max_size=40)


def counter(log):
    def count(said):
        return sum(
            (said.start is None or said.start <= day < said.end) and set(said.traits) <= traits for day, traits in log
        )

    return count


@given(LOGS)
def test_whatever_the_log_what_is_said_of_an_act_suits_five_of_them_and_is_true_of_it(log):
    count = counter(log)
    for day, traits in log:
        found = most_that_may_be_said(day, sorted(traits), count)
        if found is None:
            assert len(log) < ENOUGH
            continue
        assert count(found.said) == found.compatible >= ENOUGH
        assert set(found.said.traits) <= traits
        assert set(found.said.traits).isdisjoint(found.left_out)
        assert set(found.said.traits) | set(found.left_out) == traits
        assert found.said.start is None or found.said.start <= day < found.said.end


@given(LOGS)
def test_nothing_that_could_still_be_said_is_left_out(log):
    count = counter(log)
    for day, traits in log:
        found = most_that_may_be_said(day, sorted(traits), count)
        for trait in found.left_out if found else ():
            fuller = said_when(day, found.said.grain, [*found.said.traits, trait])
            assert count(fuller) < ENOUGH


@given(LOGS, DAYS)
def test_a_period_told_by_hand_never_holds_a_handful_of_acts(log, day):
    said = safest_period(day, counter(log))
    assert said.grain == Grain.NONE or counter(log)(said) == 0 or counter(log)(said) >= ENOUGH


@given(st.lists(st.sets(st.sampled_from("abcd"), min_size=1), min_size=1, max_size=12))
def test_a_mediation_is_never_told_by_a_gesture_that_fewer_than_five_share(of_each):
    for mine in of_each:
        found = gestures_that_may_be_said(sorted(mine), of_each)
        if found is None:
            assert len(of_each) < RARE
            continue
        kept, suited = found
        assert suited >= (ENOUGH if kept else RARE)
        assert set(kept) <= mine


@pytest.mark.parametrize(
    ("day", "grain", "start", "end"),
    [
        (dt.date(2026, 12, 31), Grain.MONTH, dt.date(2026, 12, 1), dt.date(2027, 1, 1)),
        (dt.date(2026, 2, 28), Grain.QUARTER, dt.date(2026, 1, 1), dt.date(2026, 4, 1)),
        (dt.date(2026, 12, 31), Grain.YEAR, dt.date(2026, 1, 1), dt.date(2027, 1, 1)),
    ],
)
def test_a_period_is_whole(day, grain, start, end):
    said = said_when(day, grain)
    assert (said.start, said.end) == (start, end)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Devant le Hall 7, rue des Lilas, je me présente", [wording.PLACE]),
        ("rue des lilas, comme chaque soir", [wording.PLACE]),
        ("Le 12 mars, j’écoute", [wording.DAY]),
        ("le 1er août", [wording.DAY]),
        ("Jeudi 12, puis jeudi 19", [wording.DAY]),
        ("vu le 12/03", [wording.DAY]),
        ("À 19 h 42, le ton monte", [wording.HOUR]),
        ("à 9h", [wording.HOUR]),
        ("Les deux voisins se disputent pour un vélo attaché à la rampe du palier", [wording.COPY]),
        ("Deux personnes, une rampe, un vélo ; je sépare, j’écoute, je reformule", []),
        ("En mars, le soir, deux heures durant, à trois", []),
        ("Nous étions 3, en 2026", []),
    ],
)
def test_a_text_that_leads_back_to_the_act_is_refused_with_its_reason(text, expected):
    source = "Deux voisins se disputent pour un vélo attaché à la rampe du palier depuis une semaine."
    assert wording.faults(text, places=["Hall 7, rue des Lilas"], source=source) == expected
