"""Two versions of a record side by side: what stayed, what was said otherwise, what came and went. Pure.

A likeness of words helps to read; it gives nothing to anybody: equivalence is the certifier's decision.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from entremise.core.text import fold

ALIKE = 0.6  # of the folded words in common, for two sentences to be shown facing each other


@dataclass(frozen=True)
class Facing:
    """A line of the older version and the line that faces it; one of the two may be missing."""

    before: str
    after: str

    @property
    def change(self) -> str:
        """``same``, ``changed``, ``added`` or ``removed``."""
        if not self.before or not self.after:
            return "added" if self.after else "removed"
        return "same" if fold(self.before) == fold(self.after) else "changed"


def likeness(one: str, other: str) -> float:
    """From 0, nothing in common, to 1, the same words in the same order."""
    return SequenceMatcher(None, fold(one).split(), fold(other).split(), autojunk=False).ratio()


def facing(before: Sequence[str], after: Sequence[str]) -> list[Facing]:
    """The lines of ``after`` in order, each with its nearest of ``before``; then those of ``before`` left alone.

    The nearest pairs are made first, so that a line kept as it was is never taken by another.
    """
    near = sorted(
        ((likeness(old, new), -i, -j) for i, old in enumerate(before) for j, new in enumerate(after)), reverse=True
    )
    taken: dict[int, int] = {}
    used: set[int] = set()
    for ratio, i, j in near:
        if ratio >= ALIKE and -i not in used and -j not in taken:
            taken[-j] = -i
            used.add(-i)
    found = [Facing(before[taken[j]] if j in taken else "", new) for j, new in enumerate(after)]
    return found + [Facing(old, "") for i, old in enumerate(before) if i not in used]


def nearest(text: str, others: Sequence[str]) -> int | None:
    """The rank of the one of ``others`` most like ``text``; None when none is."""
    ratios = [(likeness(text, other), -rank) for rank, other in enumerate(others)]
    best = max(ratios, default=(0.0, 0))
    return -best[1] if best[0] >= ALIKE else None
