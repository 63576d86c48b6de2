"""A text folded to plain letters with the way back to the author's own, and the words around a place."""

import re
import unicodedata
from dataclasses import dataclass
from typing import Any

LETTERS = "a-zœæ"
WORD = re.compile(f"[{LETTERS}]+")
TOKEN = re.compile(f"[{LETTERS}0-9]+")
CLAUSE_END = re.compile(r"[.;!?\n,:()]")
WINDOW = 60  # characters read on either side of a word to know its context
BACK_MAX = 64  # longest local part of an e-mail address
DIGITS = frozenset("0123456789")


@dataclass(frozen=True)
class Candidate:
    start: int
    end: int
    kind: str
    suggestion: str


@dataclass(frozen=True)
class Folded:
    """The text without accents and with plain apostrophes and spaces; ``offsets`` when lengths differ."""

    text: str
    low: str
    offsets: list[int] | None

    def original(self, index: int, length: int) -> int:
        """The place, in the author's text, of a place in the folded one."""
        if self.offsets is None:
            return index
        return self.offsets[index] if index < len(self.offsets) else length


def fold_table(special: dict[str, str]) -> dict[int, str]:
    table = {ord(sign): plain for sign, plain in special.items()}
    for first, last in ((0xC0, 0x24F), (0x1E00, 0x1EFF)):
        for code in range(first, last + 1):
            base = unicodedata.normalize("NFD", chr(code))[0]
            if base != chr(code):
                table.setdefault(code, base)
    for code in range(0x300, 0x370):
        table[code] = ""
    return table


def words_before(low: str, start: int) -> list[str]:
    """The words of the same clause before a place, read over a short window."""
    first = max(0, start - WINDOW)
    window = CLAUSE_END.split(low[first:start])[-1]
    words = TOKEN.findall(window)
    return words[1:] if first > 0 and len(window) == start - first else words


def words_after(low: str, end: int) -> list[str]:
    window = CLAUSE_END.split(low[end : end + WINDOW])[0]
    return TOKEN.findall(window)[:1]


def extend_back(text: str, start: int, rule: dict[str, Any]) -> int:
    signs, limit = rule.get("back", ""), start - rule.get("back_max", BACK_MAX)
    while start > 0 and start > limit and text[start - 1] in signs:
        start -= 1
    return start
