"""What the references tell the modules below, once, when the applications are ready."""

from entremise.core.ui.navigation import Item, register
from entremise.interventions.reference import (
    rules,  # noqa: F401 - registers the permissions
    verification,
)


def declare_reference() -> None:
    """Navigation, and the check of the numbers."""
    register(Item("Urgence", "interventions:numbers", "interventions.view_reference", 40, "warning", bar=True))
    register(Item("Cadre et Charte", "interventions:charter", "interventions.view_reference", 60, "book"))
    verification.register_checks()
