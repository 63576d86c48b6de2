"""One competence a line, out of the single text in which the register pours a block's competences.

The strategies are tried in order; the first that cuts the text in at least two pieces of a plausible length wins. The
result is only ever proposed: a person reads it again.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass

LONGEST = 1200  # signs of a plausible competence
SHORTEST = 8
MOST = 60

# A gulf of spaces tells no more than two of them, and every pattern below would cross it again from each space.
_GULF = re.compile(r"\s{50,}")
_CODED = re.compile(r"(?:^|(?<=\s))C\.? ?[0-9]{1,2}(?:\.[0-9]{1,2})*\.? ?(?:[:.)–—-]| (?=[A-ZÀ-Þ]))\s*")
_BULLET = re.compile(r"(?:(?:^|\s)[•●▪◦‣*➢➤✓]|(?:^|\n|\s{2,}|(?<=[.;:] ))[·–—-])\s+")
_ROUND = re.compile(r"(?:^|\n|\s{2,})o\s+(?=[A-ZÀ-Þ])")
_NUMBERED = re.compile(r"(?:^|\n|\s{2,}|(?<=[.;:] ))[0-9]{1,2}(?:\.[0-9]{1,2})*\s?[.)–-]\s+")
_LINE = re.compile(r"\s*\n\s*")
_SPACES = re.compile(r"[ \t\u00a0]{2,}|\t")
_SEMICOLON = re.compile(r"\s*;\s+")
_SENTENCE = re.compile(r"(?<=[a-zà-ÿ)»]\.)\s+(?=[A-ZÀ-Þ])")


@dataclass(frozen=True)
class Split:
    """How the text was cut (a code of STRATEGIES, empty when it was not), and the pieces."""

    strategy: str
    lines: tuple[str, ...]


def split(text: str) -> Split:
    """The pieces of a block's text, in order; no word is lost but the marks that told pieces apart."""
    text = _GULF.sub(lambda gulf: "\n" if "\n" in gulf[0] else "  ", text)
    if not text.strip():
        return Split("", ())
    for name, cut in STRATEGIES.items():
        lines = _tidy(cut(text))
        if _plausible(lines):
            return Split(name, lines)
    return Split("", _tidy([text]))


def cut_lines(text: str) -> list[str]:
    """What a person typed in one box: each line is one competence."""
    return list(_tidy(text.split("\n")))


def _tidy(pieces: list[str]) -> tuple[str, ...]:
    lines = (" ".join(piece.split()).rstrip(" ;") for piece in pieces)
    return tuple(line for line in lines if line)


def _plausible(lines: tuple[str, ...]) -> bool:
    long_enough = sum(len(line) >= SHORTEST for line in lines)
    return 2 <= len(lines) <= MOST and long_enough == len(lines) and max(map(len, lines)) <= LONGEST


def _by(pattern: re.Pattern[str]) -> Callable[[str], list[str]]:
    return pattern.split


STRATEGIES: dict[str, Callable[[str], list[str]]] = {
    "coded": _by(_CODED),
    "bullets": _by(_BULLET),
    "rounds": _by(_ROUND),
    "numbered": _by(_NUMBERED),
    "lines": _by(_LINE),
    "spaces": _by(_SPACES),
    "semicolons": _by(_SEMICOLON),
    "sentences": _by(_SENTENCE),
}
