"""A list of counts and its total.

The reader is supposed to know this file (a rule that is safe only while secret is not safe). What one
sees of a list is its shown counts, which ones are "< 5" and which are masked. What matters of it is four
integers: ``small`` (how many "< 5"), ``masked`` (how many masked), ``rest`` (what the hidden counts sum
to: total minus shown) and ``floor`` (the smallest shown count that is not zero: masked counts are chosen
smallest first, so none exceeds it). ``_safe`` decides on these four alone, and takes into account what a
reader learns from the very fact that fewer masked counts were not enough.
"""

from collections.abc import Iterator, Sequence
from functools import lru_cache

from entremise.core.suppression.marks import THRESHOLD, Mark, Row, hidden_row

_MOST_MASKED = 2  # past this, the list is not printed: it would say nothing useful any more


def suppress_row(values: Sequence[int], *, threshold: int = THRESHOLD) -> Row:
    """Decide what is shown of counts that sum to a published total.

    ``values`` are counts >= 0. Zeros are shown (an empty line tells nothing of anyone), unless the list
    is not printed at all. The same marks are safe when the published total is smaller than the sum
    (several answers allowed): a reader then knows less.
    """
    total = sum(values)
    if total < threshold:
        return hidden_row(len(values), Mark.SMALL) if total else Row((Mark.SHOWN,) * len(values), Mark.SHOWN)
    small = {index for index, value in enumerate(values) if 0 < value < threshold}
    if not small:
        return Row((Mark.SHOWN,) * len(values), Mark.SHOWN)
    large = sorted((value, index) for index, value in enumerate(values) if value >= threshold)
    rest = sum(values[index] for index in small)
    for masked, (floor, _) in enumerate(large[: _MOST_MASKED + 1]):
        if _safe(len(small), masked, rest, floor, threshold):
            return Row(_marks(values, small, {index for _, index in large[:masked]}), Mark.SHOWN)
        rest += floor
    return hidden_row(len(values), Mark.SHOWN)


def _marks(values: Sequence[int], small: set[int], masked: set[int]) -> tuple[Mark, ...]:
    return tuple(
        Mark.SMALL if index in small else Mark.MASKED if index in masked else Mark.SHOWN for index in range(len(values))
    )


@lru_cache(maxsize=4096)
def _safe(small: int, masked: int, rest: int, floor: int, threshold: int) -> bool:
    """True when each hidden count keeps at least two possible values, and their sum is not itself small."""
    if rest < threshold:
        return False
    sums, several = set(), {"small": False, "masked": masked == 0}
    for share, others in _possible(small, masked, rest, floor, threshold):
        sums.add((share, others))
        # Hidden counts of one kind may be exchanged: two different ones give each of them two values.
        several["small"] |= small < share < small * (threshold - 1) or len({first for first, _ in sums}) > 1
        several["masked"] |= len(set(others)) > 1 or len({second for _, second in sums}) > 1
        if all(several.values()):
            return True
    return False


def _possible(small: int, masked: int, rest: int, floor: int, threshold: int) -> Iterator[tuple[int, tuple[int, ...]]]:
    """(sum of the small counts, masked counts in order) that a reader cannot rule out.

    A masked count equal to ``floor`` is left out: whether it could be masked depends on the order of the
    lines. Leaving possibilities out only makes the answer stricter.
    """
    for share in range(small, small * (threshold - 1) + 1):
        for others in _ascending(masked, rest - share, threshold, floor - 1):
            if not _sooner(small, share, others, threshold):
                yield share, others


def _sooner(small: int, share: int, others: tuple[int, ...], threshold: int) -> bool:
    """True when these counts would have been safe with fewer masked: the reader rules them out."""
    return any(
        _safe(small, masked, share + sum(others[:masked]), others[masked], threshold) for masked in range(len(others))
    )


def _ascending(size: int, total: int, least: int, most: int) -> Iterator[tuple[int, ...]]:
    """Ascending tuples of ``size`` integers between ``least`` and ``most`` that sum to ``total``."""
    if size == 0:
        if total == 0:
            yield ()
        return
    for first in range(max(least, total - most * (size - 1)), min(most, total // size) + 1):
        for others in _ascending(size - 1, total - first, first, most):
            yield (first, *others)
