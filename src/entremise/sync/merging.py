"""How two versions of a field meet: the rule each kind declares, and nothing guessed."""

from collections.abc import Mapping, Sequence
from typing import Any

from entremise.sync import registry

Clashes = dict[str, tuple[Any, Any, Any]]


def merge(
    rules: Mapping[str, str],
    current: Mapping[str, Any],
    changes: Mapping[str, Sequence[Any]],
    *,
    is_fresh: bool,
) -> tuple[dict[str, Any], Clashes]:
    """The values to write and the clashes (``field: (before, server, phone)``), values being plain JSON data.

    ``changes`` maps fields to ``[before, after]``. ``is_fresh`` is True when nobody wrote since the version the phone
    read: only then is a protected field (``never``) written. An undeclared field is protected.
    """
    values: dict[str, Any] = {}
    clashes: Clashes = {}
    for name, (before, after) in changes.items():
        server, rule = current.get(name), rules.get(name, registry.NEVER)
        if server == after:
            continue
        if rule == registry.DELTA:
            values[name] = (server or 0) + (after or 0) - (before or 0)
        elif rule in (registry.SET, registry.UNION):
            values[name] = _together(server, before, after, removing=rule == registry.SET)
        elif server == before and (is_fresh or rule == registry.THREE_WAY):
            values[name] = after
        else:
            clashes[name] = (before, server, after)
    return values, clashes


def _together(server: Any, before: Any, after: Any, *, removing: bool) -> list[Any]:
    """The server's list with what the phone added, and without what it took out."""
    kept = list(server or [])
    if removing:
        kept = [item for item in kept if item not in (before or []) or item in (after or [])]
    return kept + [item for item in (after or []) if item not in (before or []) and item not in kept]
