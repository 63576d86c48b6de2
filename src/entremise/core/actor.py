"""Who acts: the one value that services, queries and rules take as ``actor``."""

import uuid
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, TypeVar, cast

T = TypeVar("T")


class Readings:
    """What was read while one batch of work goes through, and will not be read again before it ends.

    For what the work itself does not change: places, teams, closed lists. Whoever opens and ends the batch gives it to
    the actor; without it, everything is read each time.
    """

    def __init__(self) -> None:
        self._kept: dict[tuple[object, ...], object] = {}

    def once(self, key: tuple[object, ...], read: Callable[[], T]) -> T:
        """The value kept under this key, read the first time; nothing is kept of a reading that raises."""
        if key not in self._kept:
            self._kept[key] = read()
        return cast(T, self._kept[key])


@dataclass(frozen=True, kw_only=True)
class Actor:
    """A person acting in one organisation, or the system itself.

    ``roles`` are the stable codes of ``accounts.enums.Role``; ``team_ids`` the teams the person
    belongs to in this organisation. ``member_id`` is the membership: records keep it as their author,
    so that a person who leaves can be forgotten while the act keeps its author's function.
    ``organisation_id`` is None only for the system acting on the whole installation.
    """

    organisation_id: uuid.UUID
    user_id: uuid.UUID | None = None
    member_id: uuid.UUID | None = None
    roles: frozenset[str] = frozenset()
    team_ids: frozenset[uuid.UUID] = frozenset()
    origin: str = "web"
    request_id: str = ""
    is_system: bool = field(default=False)
    readings: Readings | None = field(default=None, compare=False, repr=False)
    _known: dict[str, Any] = field(default_factory=dict, init=False, compare=False, repr=False)

    @property
    def function(self) -> str:
        """The role codes, sorted and joined: what the journal keeps beside the identifier."""
        return "system" if self.is_system else "+".join(sorted(self.roles))

    def has_role(self, *codes: str) -> bool:
        """True when the actor holds one of these roles."""
        return not self.roles.isdisjoint(codes)

    def once(self, fact: str, ask: Callable[[], T]) -> T:
        """What ``ask`` says, asked once: the menu, the gestures and the page put one question to several permissions.

        ``fact`` names the question ("accounts.has_dpo"). An actor lives as long as its request or its task, so the
        answer never outlives the roles and teams that were read with it.
        """
        if fact not in self._known:
            self._known[fact] = ask()
        found: T = self._known[fact]
        return found

    def in_batch(self, key: tuple[object, ...], read: Callable[[], T]) -> T:
        """What ``read`` gives: read once while a batch of work goes through, each time outside one."""
        return self.readings.once(key, read) if self.readings else read()


def system_actor(organisation_id: uuid.UUID | None = None, origin: str = "task") -> Actor:
    """The actor of scheduled work; it holds no role and so passes no permission that needs one."""
    return Actor(organisation_id=organisation_id, origin=origin, is_system=True)  # type: ignore[arg-type]
