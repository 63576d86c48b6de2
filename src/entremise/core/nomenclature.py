"""Closed lists with stable national codes, whose labels an organisation may rename, hide or complete.

A list is declared once, beside the module that owns it, as a ``TextChoices`` registered here under
its reference (``L18``). What an organisation changes is stored by ``accounts``. A completed item has
the code ``national.local`` (``bruit.local7f3a``): reports roll up to the part before the dot.
"""

from dataclasses import dataclass

from django.db.models import TextChoices


@dataclass(frozen=True)
class Nomenclature:
    """One list: its reference, its French name and its items in order."""

    reference: str
    name: str
    choices: type[TextChoices]
    editable: bool = True


_registry: dict[str, Nomenclature] = {}


def register(reference: str, name: str, choices: type[TextChoices], *, editable: bool = True) -> None:
    """Declare a list; a reference is used once."""
    known = _registry.get(reference)
    if known and known.choices is not choices:
        raise ValueError(f"the list {reference} is declared twice")
    _registry[reference] = Nomenclature(reference, name, choices, editable)


def get(reference: str) -> Nomenclature:
    """The declared list; KeyError when there is none."""
    return _registry[reference]


def all_lists() -> list[Nomenclature]:
    """Every declared list, by reference in natural order."""
    return sorted(_registry.values(), key=lambda item: (len(item.reference), item.reference))


def national(code: str) -> str:
    """The national part of a code: ``bruit`` for ``bruit.local7f3a``."""
    return code.partition(".")[0]
