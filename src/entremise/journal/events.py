"""What an event is, and who listens to it."""

import uuid
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, ClassVar

from entremise.core.actor import Actor


@dataclass(frozen=True, kw_only=True)
class Event:
    """Something that happened. Subclasses set ``name`` (``intervention.recorded``).

    ``changes`` maps field names to a pair (before, after) of fingerprints, never of values; ``codes``
    holds stable codes and counts only. Neither may carry personal text.
    """

    name: ClassVar[str]
    target_type: ClassVar[str]

    actor: Actor
    target_id: uuid.UUID
    codes: dict[str, Any] = field(default_factory=dict)
    changes: dict[str, tuple[str, str]] = field(default_factory=dict)


Handler = Callable[[Any], None]
_handlers: dict[str, list[Handler]] = defaultdict(list)


def subscribe(event: type[Event], handler: Handler) -> None:
    """Call ``handler`` inside the transaction of every such event. Registered in ``apps.py``, once."""
    if handler not in _handlers[event.name]:
        _handlers[event.name].append(handler)


def handlers(event: Event) -> list[Handler]:
    """The subscribers of an event, in the order they registered."""
    return list(_handlers[event.name])
