"""Values that are sensitive data (art. 9 RGPD): never kept until the data protection officer says so.

Upper modules register theirs when ready: ``register("L16", "crise_psy", why="Donnée de santé")``. Such a value is not
offered either, unless ``shown`` says what it stays on the page for.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class SensitiveValue:
    """One sensitive item of a list, with the French words that say why, and what it is shown for all the same."""

    list_reference: str
    code: str
    why: str
    shown: str = ""


_registry: dict[tuple[str, str], SensitiveValue] = {}


def register(list_reference: str, code: str, why: str, shown: str = "") -> None:
    """Declare a sensitive item; declaring it again replaces the words. ``shown``: "pour ouvrir la carte réflexe"."""
    _registry[list_reference, str(code)] = SensitiveValue(list_reference, str(code), why, shown)


def all_values() -> list[SensitiveValue]:
    """Every sensitive item, by list in natural order."""
    return sorted(_registry.values(), key=lambda item: (len(item.list_reference), item.list_reference))


def is_registered(list_reference: str, code: str) -> bool:
    """True when the item was declared sensitive."""
    return (list_reference, code) in _registry
