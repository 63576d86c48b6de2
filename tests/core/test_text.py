"""Names are found however they are typed, and sorted alike on every engine."""

import pytest

from entremise.core.text import fold, one_line, sort_key


@pytest.mark.parametrize(
    ("typed", "folded"),
    [
        ("L’Haÿ-les-Roses", "l hay les roses"),
        ("ST DENIS", "saint denis"),
        ("Ste-Foy", "sainte foy"),
        ("Sœurs_d’Œuilly", "soeurs d oeuilly"),
        ("حي السلام", "حي السلام"),
        ("", ""),
    ],
)
def test_accents_dashes_and_case_do_not_matter(typed, folded):
    assert fold(typed) == folded


def test_hall_2_comes_before_hall_10():
    assert sorted(["Hall 10", "Hall 2", "École"], key=sort_key) == ["École", "Hall 2", "Hall 10"]


def test_one_line_drops_control_signs():
    assert one_line("  Hall\x00 4\n\tbis ") == "Hall 4 bis"
