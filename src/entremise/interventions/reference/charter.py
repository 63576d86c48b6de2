"""The Charter of 2001: its principles in plain words, as data with their source."""

import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path

DATA_FILE = Path(__file__).parent / "data" / "charter.json"


@dataclass(frozen=True)
class PrincipleText:
    """One principle (``code`` is that of ``enums.Principle``), what it means and what the tool does with it."""

    code: str
    title: str
    text: str
    practice: str


@dataclass(frozen=True, kw_only=True)
class Charter:
    """What the page shows. ``definition`` is a quotation; the rest is in our own words."""

    title: str
    source: str
    definition: str
    definition_source: str
    postures: tuple[str, ...]
    principles: tuple[PrincipleText, ...]


@cache
def load() -> Charter:
    """The file, read once."""
    source = json.loads(DATA_FILE.read_text(encoding="utf-8"))
    return Charter(
        title=source["title"],
        source=source["source"],
        definition=source["definition"],
        definition_source=source["definition_source"],
        postures=tuple(source["postures"]),
        principles=tuple(PrincipleText(**row) for row in source["principles"]),
    )
