"""Values that are sensitive data (art. 9 RGPD): never offered until the data protection officer says so.

Upper modules register theirs when ready: ``register("L16", "crise_psy", why="Donnée de santé")``.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class SensitiveValue:
    """One sensitive item of a list, with the French sentence that says why."""

    list_reference: str
    code: str
    why: str


_registry: dict[tuple[str, str], SensitiveValue] = {}


def register(list_reference: str, code: str, why: str) -> None:
    """Declare a sensitive item; declaring it again replaces the reason shown."""
    _registry[list_reference, str(code)] = SensitiveValue(list_reference, str(code), why)


def all_values() -> list[SensitiveValue]:
    """Every sensitive item, by list in natural order."""
    return sorted(_registry.values(), key=lambda item: (len(item.list_reference), item.list_reference))


def is_registered(list_reference: str, code: str) -> bool:
    """True when the item was declared sensitive."""
    return (list_reference, code) in _registry
