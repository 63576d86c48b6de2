"""What the members saw, competence by competence, with the gap between them."""

from collections.abc import Sequence
from dataclasses import dataclass

from entremise.accounts.queries import member_names
from entremise.certification.enums import Level, Outcome
from entremise.certification.models import Grid, Mark
from entremise.certification.queries.grids import Sought, sought
from entremise.competences.queries import BlockFacts

_HEIGHT = {Level.NOT_SHOWN: 0, Level.PARTLY: 1, Level.SHOWN: 2}


@dataclass(frozen=True)
class GapLine:
    """A competence, what each member saw of it, by name, and how far apart they stand (0 together, 2 opposed)."""

    code: str
    text: str
    seen: tuple[tuple[str, str], ...]
    gap: int
    sought: tuple[Sought, ...] = ()


@dataclass(frozen=True)
class Gaps:
    """The grids of a passage side by side."""

    names: tuple[str, ...]
    lines: tuple[GapLine, ...]
    verdicts: tuple[tuple[str, str], ...]
    comments: tuple[tuple[str, str], ...]


def gaps_of(block: BlockFacts, marks: Sequence[Mark], grids: Sequence[Grid] = ()) -> Gaps:
    """The grids of those who sit, in the order they were named, with what was looked for (``grids``)."""
    known = member_names(mark.seat.juror.member_id for mark in marks)
    names = tuple(known[mark.seat.juror.member_id] for mark in marks)
    lines = []
    for one in block.competences:
        levels = [mark.level_of(one.code) for mark in marks]
        heights = [_HEIGHT[level] for level in levels if level is not None]
        gap = max(heights) - min(heights) if heights else 0
        said = (level.label if level is not None else "Pas notée" for level in levels)
        seen, looked_for = tuple(zip(names, said, strict=True)), tuple(sought(grids, one.code))
        lines.append(GapLine(one.code, one.text, seen, gap, looked_for))
    verdicts = tuple((name, Outcome(mark.verdict).label) for name, mark in zip(names, marks, strict=True))
    comments = tuple((name, mark.comment) for name, mark in zip(names, marks, strict=True) if mark.comment)
    return Gaps(names, tuple(lines), verdicts, comments)
