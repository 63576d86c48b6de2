"""From what each member says alone to what the jury decides. Pure."""

from collections import Counter
from collections.abc import Sequence

from entremise.certification.enums import Outcome, TieBreak


def proposed(verdicts: Sequence[str], president: str | None, tie_break: str) -> Outcome | None:
    """What the voices say of a block; None when they are tied and the jury must deliberate again.

    ``president`` is the president's own verdict, one of ``verdicts``; None when the president stands aside.
    """
    counts = Counter(verdicts)
    yes, no = counts[Outcome.ACQUIRED], counts[Outcome.NOT_ACQUIRED]
    if yes != no:
        return Outcome.ACQUIRED if yes > no else Outcome.NOT_ACQUIRED
    if not yes:
        return None
    if tie_break == TieBreak.CANDIDATE:
        return Outcome.ACQUIRED
    if tie_break == TieBreak.PRESIDENT and president is not None:
        return Outcome(president)
    return None
