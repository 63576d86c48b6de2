"""What a reader can deduce of a crossing: the exact range of each hidden number.

A crossing and its margins form a network: the grand total flows to the rows, each row to its cells, the
cells to the columns, the columns back to the grand total. Each number is an edge between two bounds
(both equal to the value when it is shown); what a reader can deduce of one of them is the least and the
most it can carry in a flow that respects all the others. Such flows are integral, so the range is exact.
"""

from collections import deque
from collections.abc import Hashable, Iterable, Mapping

Edge = tuple[Hashable, Hashable]
Bounds = tuple[int, int]


def ranges(
    values: Mapping[Edge, int], bounds: Mapping[Edge, Bounds], *, wanted: Iterable[Edge] | None = None
) -> dict[Edge, Bounds]:
    """(least, most) for each ``wanted`` edge (all of them by default) whose bounds differ.

    ``values`` is the true flow, within its bounds.

    Pushing along an edge and back along a path of slack in the others moves it without breaking anything:
    the largest push that way is a maximum flow from the edge's head to its tail.
    """
    found = {}
    for edge in bounds if wanted is None else wanted:
        low, high = bounds[edge]
        if low == high:
            continue
        value = values[edge]
        tail, head = edge
        up = _push(values, bounds, edge, head, tail, high - value)
        down = _push(values, bounds, edge, tail, head, value - low)
        found[edge] = (value - down, value + up)
    return found


def _push(
    values: Mapping[Edge, int],
    bounds: Mapping[Edge, Bounds],
    left_out: Edge,
    source: Hashable,
    sink: Hashable,
    most: int,
) -> int:
    """How much can go from ``source`` to ``sink`` through the slack of the other edges, ``most`` at most."""
    slack: dict[Hashable, dict[Hashable, int]] = {}
    for edge, (low, high) in bounds.items():
        if edge != left_out:
            tail, head = edge
            slack.setdefault(tail, {})[head] = slack.get(tail, {}).get(head, 0) + high - values[edge]
            slack.setdefault(head, {})[tail] = slack.get(head, {}).get(tail, 0) + values[edge] - low
    pushed = 0
    while pushed < most:
        path = _path(slack, source, sink)
        if not path:
            break
        amount = min(most - pushed, *(slack[tail][head] for tail, head in path))
        for tail, head in path:
            slack[tail][head] -= amount
            slack[head][tail] = slack[head].get(tail, 0) + amount
        pushed += amount
    return pushed


def _path(slack: dict[Hashable, dict[Hashable, int]], source: Hashable, sink: Hashable) -> list[Edge]:
    """A shortest path of positive slack, or an empty list."""
    previous: dict[Hashable, Hashable] = {source: source}
    queue = deque([source])
    while queue:
        node = queue.popleft()
        if node == sink:
            break
        for neighbour, amount in slack.get(node, {}).items():
            if amount > 0 and neighbour not in previous:
                previous[neighbour] = node
                queue.append(neighbour)
    if sink not in previous:
        return []
    path = []
    node = sink
    while node != source:
        path.append((previous[node], node))
        node = previous[node]
    return path[::-1]
