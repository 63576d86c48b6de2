"""Layouts are data: complete, said in plain words, and without anything that would file a person under an origin."""

import re

import pytest

from entremise.core.reflection import StartingPoint
from entremise.practice.enums import Kind
from entremise.practice.presets import LAYOUTS, PHASES, Layout, Part, Question
from entremise.practice.queries.sheets import missing
from entremise.practice.services.starting import start_answers

REFUSED = re.compile(
    r"\b(pays|nationalit|religi|ethni|race|origine|croyan|musulman|chrétien|hofstede|score|distance hiérarchique)",
    re.I,
)


def words(layout: Layout) -> list[str]:
    found = [layout.name, layout.lead, layout.source]
    for part in layout.parts:
        found += [part.title, part.lead]
        for question in part.questions:
            found += [question.label, question.help, question.second, *(label for _, label in question.choices)]
    return found


@pytest.mark.parametrize("layout", LAYOUTS.values(), ids=lambda layout: layout.code)
def test_no_layout_asks_for_a_country_a_religion_or_a_score(layout):
    assert [text for text in words(layout) if REFUSED.search(text)] == []
    codes = [*layout.questions] + [code for q in layout.questions.values() for code, _ in q.choices]
    assert [code for code in codes if REFUSED.search(code)] == []


@pytest.mark.parametrize("layout", LAYOUTS.values(), ids=lambda layout: layout.code)
def test_every_layout_ends_with_the_principle_what_is_kept_what_changes_and_competences(layout):
    assert list(layout.questions)[-5:] == ["principles", "keep", "change", "training", "competences"]
    assert [q.code for q in layout.questions.values() if q.starts == "facts"] in (["story"], [])
    assert layout.source
    assert all(q.choices for q in layout.questions.values() if q.kind in (Kind.CHOICE, Kind.CHOICES))


def test_the_incident_grid_puts_two_frames_side_by_side_and_asks_for_two_hypotheses():
    grid = LAYOUTS["incident"]
    frames = next(part for part in grid.parts if "cadres" in part.title)
    assert frames.side_by_side
    assert [question.code for question in frames.questions] == ["my_frame", "their_frame"]
    assert grid.questions["hypotheses"].wanted == 2
    assert len(grid.questions["zones"].choices) == 9
    order = [part.title[:1] for part in grid.parts[:-1]]
    assert order == ["1", "2", "3", "4", "5", "6"]


@pytest.mark.parametrize(
    ("pairs", "is_enough"),
    [
        ([], False),
        ([["une", "demander"]], False),
        ([["une", "demander"], ["deux", ""]], False),
        ([["une", "demander"], ["deux", "observer"]], True),
    ],
)
def test_one_hypothesis_or_one_that_nobody_could_check_is_not_enough(pairs, is_enough):
    answers = {"story": "x", "reactions": "x", "my_frame": "x", "hypotheses": pairs}
    assert (missing(LAYOUTS["incident"], answers) == {}) is is_enough


def test_another_layout_is_a_few_lines():
    kolb = Layout(
        code="kolb",
        name="Cycle",
        lead="Quatre temps.",
        source="D’après David Kolb",
        parts=(Part(title="1. Expérience", questions=(Question(code="story", label="Le moment", starts="facts"),)),),
    )
    start = StartingPoint(title="x", facts=[("Où", "Hall")], words="Deux voisins.")
    assert start_answers(kolb, start) == {"story": "Où\N{NO-BREAK SPACE}: Hall\n\nDeux voisins."}


def test_two_questions_of_the_same_code_are_refused():
    twice = (Question(code="a", label="A"), Question(code="a", label="B"))
    with pytest.raises(ValueError, match="two questions"):
        Layout(code="x", name="x", lead="x", source="x", parts=(Part(title="x", questions=twice),))


def test_the_phases_of_a_meeting_are_those_of_the_method():
    assert [phase.code for phase in PHASES] == ["cadre", "expose", "questions", "hypotheses", "reaction", "synthese"]
    assert [phase.minutes for phase in PHASES[1:]] == [10, 20, 20, 5, 10]
    assert "exposant" not in PHASES[3].writers
    assert PHASES[4].writers == {"exposant"}
