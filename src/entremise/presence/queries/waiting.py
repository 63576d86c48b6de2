"""What waits for an actor, gathered from every module."""

from entremise.core.actor import Actor
from entremise.presence import waiting
from entremise.presence.waiting import WaitingItem


def waiting_for(actor: Actor) -> list[WaitingItem]:
    """The items of every registered source that have something to say, in order of registration."""
    return [item for source in waiting.sources() for item in source(actor) if item.count]
