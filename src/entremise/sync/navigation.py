"""Where phones stand in the menu."""

from entremise.core.ui.navigation import Item, register


def register_all() -> None:
    """Called once, when the applications are ready."""
    register(Item("Saisies du carnet", "sync:mine", "sync.enrol", 27, "note", section="field"))
    register(Item("Santé des téléphones", "sync:health", "sync.supervise", 28, "phone", section="field"))
    register(Item("Mes téléphones", "sync:devices", "sync.enrol", 870, "phone", section="own"))
    register(Item("Téléphones", "sync:every_device", "sync.view_devices", 825, "phone", section="settings"))
