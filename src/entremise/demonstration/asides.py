"""What happens beside the days of the teams, each at its own day: the journal is then sealed as it would be really."""

import datetime as dt
from collections import deque
from collections.abc import Callable, Iterable

from entremise.core.time import day_bounds, told_at

Step = tuple[dt.datetime, Callable[[], object]]


class Asides:
    """Steps in the order of their instants, told day after day."""

    def __init__(self, steps: Iterable[Step]) -> None:
        self.steps = deque(sorted(steps, key=lambda step: step[0]))

    def tell(self, day: dt.date) -> None:
        """Those of this day, and any before that was not told."""
        end = day_bounds(day)[1]
        while self.steps and self.steps[0][0] < end:
            at, told = self.steps.popleft()
            with told_at(at):
                told()
