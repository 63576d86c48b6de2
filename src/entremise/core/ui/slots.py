"""Places in a page of a lower module that upper modules fill, without the lower one knowing them."""

from collections import defaultdict
from collections.abc import Callable

from django.http import HttpRequest
from django.utils.safestring import SafeString

Render = Callable[[HttpRequest], SafeString | str]
_slots: dict[str, list[Render]] = defaultdict(list)


def register(slot: str, render: Render) -> None:
    """Fill a place, once; ``render`` gives nothing to those who may not see it."""
    if render not in _slots[slot]:
        _slots[slot].append(render)


def filled(slot: str, request: HttpRequest) -> list[SafeString | str]:
    """What stands in a place for this request, in order of registration."""
    return [made for render in _slots.get(slot, ()) if (made := render(request))]
