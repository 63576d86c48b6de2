"""The act that a need of interpreting served: a module above keeps it, and says who may open it."""

import uuid
from collections.abc import Callable

from entremise.core.actor import Actor

Source = Callable[[Actor, uuid.UUID], tuple[str, str] | None]
_source: Source | None = None


def set_act_source(source: Source) -> None:
    """``source(actor, act_id)`` gives (reference, address) of an act the actor may read, else None."""
    global _source  # noqa: PLW0603 - one source per process, set at start
    _source = source


def act_link(actor: Actor, act_id: uuid.UUID | None) -> tuple[str, str] | None:
    """Reference and address of the act, for those who may read it."""
    return _source(actor, act_id) if _source is not None and act_id is not None else None
