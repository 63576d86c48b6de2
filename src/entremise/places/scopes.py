"""Sets of places that a module above knows by a name of its own: a funder's convention.

Lists of the modules between offer them as one filter, so that a figure of a report opens the rows it counts.
"""

import uuid
from collections.abc import Callable
from dataclasses import dataclass

from entremise.core.actor import Actor


@dataclass(frozen=True)
class Within:
    """What is counted: at these places (None: all), and only acts of these registers (empty: all)."""

    site_ids: tuple[uuid.UUID, ...] | None = None
    registers: tuple[str, ...] = ()


EVERYWHERE = Within()
Choices = Callable[[Actor], list[tuple[str, str]]]
Resolve = Callable[[Actor, uuid.UUID], Within]
_source: tuple[Choices, Resolve] | None = None


def register(choices: Choices, resolve: Resolve) -> None:
    """``choices`` gives (identifier, label) to offer; ``resolve`` raises NotFound for what is not the actor's."""
    global _source  # noqa: PLW0603 - one source per process, set at start
    _source = choices, resolve


def choices(actor: Actor) -> list[tuple[str, str]]:
    """What may be offered; nothing when no module registered."""
    return _source[0](actor) if _source else []


def resolve(actor: Actor, scope_id: uuid.UUID) -> Within:
    """The places of a choice."""
    return _source[1](actor, scope_id) if _source else EVERYWHERE
