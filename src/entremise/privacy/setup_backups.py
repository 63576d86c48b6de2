"""What backups tell the rest, once, when the applications are ready."""

from entremise.core import schedule
from entremise.core.ui.navigation import Item, register
from entremise.privacy import verification_backups
from entremise.privacy.services import backups


def set_up() -> None:
    """The nightly work, the menu, what `entremise verify` checks."""
    schedule.register("privacy.sauvegardes", backups.tick)
    verification_backups.register_checks()
    register(Item("Sauvegardes", "privacy:backups", "privacy.view_backups", 860, "lock", section="settings"))
