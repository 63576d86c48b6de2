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
Slack = dict[Hashable, dict[Hashable, int]]


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
        up = _push(values, bounds, edge, up=True, most=high - value)
        down = _push(values, bounds, edge, up=False, most=value - low)
        found[edge] = (value - down, value + up)
    return found


def settled(values: Mapping[Edge, int], bounds: Mapping[Edge, Bounds], wanted: Iterable[Edge]) -> list[Edge]:
    """Those of the ``wanted`` edges that are not shown and yet have a single possible value.

    Cheaper than ``ranges``: one unit of push, either way, is enough to leave two values.
    """
    slack = _slack(values, bounds)
    found = []
    for edge in wanted:
        low, high = bounds[edge]
        if low == high:
            continue
        tail, head = edge
        up = values[edge] < high and _path(slack, head, tail, without=edge)
        down = not up and values[edge] > low and _path(slack, tail, head, without=edge)
        if not up and not down:
            found.append(edge)
    return found


def _slack(values: Mapping[Edge, int], bounds: Mapping[Edge, Bounds]) -> Slack:
    slack: Slack = {}
    for edge, (low, high) in bounds.items():
        tail, head = edge
        slack.setdefault(tail, {})[head] = slack.get(tail, {}).get(head, 0) + high - values[edge]
        slack.setdefault(head, {})[tail] = slack.get(head, {}).get(tail, 0) + values[edge] - low
    return slack


def _push(values: Mapping[Edge, int], bounds: Mapping[Edge, Bounds], left_out: Edge, *, up: bool, most: int) -> int:
    """How much the edge can gain (``up``) or lose through the slack of the others, ``most`` at most."""
    slack = _slack(values, {edge: limits for edge, limits in bounds.items() if edge != left_out})
    source, sink = (left_out[1], left_out[0]) if up else left_out
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


def _path(slack: Slack, source: Hashable, sink: Hashable, *, without: Edge | None = None) -> list[Edge]:
    """A shortest path of positive slack that does not use the edge ``without``, or an empty list."""
    barred = {without, without[::-1]} if without else set()
    previous: dict[Hashable, Hashable] = {source: source}
    queue = deque([source])
    while queue and sink not in previous:
        node = queue.popleft()
        for neighbour, amount in slack.get(node, {}).items():
            if amount > 0 and neighbour not in previous and (node, neighbour) not in barred:
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
