"""The numbers that cards give: read from the reference of numbers, which a module above keeps and verifies."""

from collections.abc import Callable
from typing import Protocol


class CallNumber(Protocol):
    """What a card needs of a number: how it is written and what a tap does."""

    @property
    def number(self) -> str: ...

    @property
    def href(self) -> str: ...


_source: Callable[[str], CallNumber | None] | None = None


def set_source(source: Callable[[str], CallNumber | None]) -> None:
    """``source(code)`` gives the number of a code. Set once, when the module that keeps them is ready."""
    global _source  # noqa: PLW0603 - one source per process, set at start
    _source = source


def number(code: str) -> CallNumber:
    """The number of a code. A card must never invent one: without it, an error."""
    found = _source(code) if _source is not None else None
    if found is None:
        raise KeyError(f"no number to call of code {code}")
    return found
