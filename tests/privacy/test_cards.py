"""The registers read on a phone: each row is a card that names its values, and nothing slides sideways."""

import re
from pathlib import Path

import pytest

TEMPLATES = Path(__file__).parents[2] / "src/entremise/privacy/templates/privacy"
LISTS = sorted(path for path in TEMPLATES.glob("*.html") if "<table" in path.read_text(encoding="utf-8"))
UNNAMED = {"register_sheet.html": 2}  # the words of a heading stand under it, over the whole width


@pytest.mark.parametrize("path", LISTS, ids=lambda path: path.name)
def test_every_table_is_a_list_of_cards_whose_values_are_named(path):
    source = path.read_text(encoding="utf-8")
    assert source.count("<table") == source.count('<table class="rows">')
    unnamed = [cell for cell in re.findall(r"<td\b[^>]*>", source) if 'data-label="' not in cell]
    assert len(unnamed) == UNNAMED.get(path.name, 0), unnamed
