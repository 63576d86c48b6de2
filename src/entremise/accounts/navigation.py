"""This module's destinations in the menu."""

from entremise.core.ui.navigation import Item, register


def register_all() -> None:
    """Called once, when the applications are ready."""
    register(Item("Membres", "accounts:members", "accounts.view_members", 810, "people", section="settings"))
    register(Item("Équipes", "accounts:teams", "accounts.view_teams", 820, "building", section="settings"))
    register(Item("Listes", "accounts:lists", "accounts.view_lists", 830, "settings", section="settings"))
    register(
        Item("Données sensibles", "accounts:sensitive", "accounts.view_sensitive", 840, "lock", section="protection")
    )
    register(Item("Mon compte", "accounts:profile", "accounts.use_own_account", 890, "person", section="own"))
