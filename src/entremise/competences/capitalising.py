"""Which blocks of a record count as acquired, by themselves or by what a certifier decided of older ones. Pure."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

Named = tuple[str, str]  # record, block: the number of a block alone may be that of another record's


@dataclass(frozen=True)
class Equivalence:
    """``block`` counts for who acquired all of ``asked``, blocks of an older record."""

    block: Named
    asked: tuple[Named, ...]


def capitalised(acquired: Collection[Named], equivalences: Sequence[Equivalence]) -> dict[Named, tuple[Named, ...]]:
    """Each block that counts without being acquired itself → the acquired blocks it rests on, in order.

    Decisions chain (a block of 2020 for one of 2024, that one for one of 2028) and never give more than was acquired:
    a circle of decisions gives nothing by itself.
    """
    rests: dict[Named, tuple[Named, ...]] = {code: (code,) for code in acquired}
    moved = True
    while moved:
        moved = False
        for one in equivalences:
            if one.block not in rests and one.asked and all(code in rests for code in one.asked):
                rests[one.block] = tuple(dict.fromkeys(root for code in one.asked for root in rests[code]))
                moved = True
    return {code: roots for code, roots in rests.items() if code not in acquired}
