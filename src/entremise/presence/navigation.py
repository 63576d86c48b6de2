"""Where presence stands in the left navigation and the phone's bottom bar."""

from entremise.core.ui.navigation import Item
from entremise.core.ui.navigation import register as add


def register() -> None:
    """Called once, when the applications are ready."""
    add(Item("Aujourd’hui", "presence:today", "presence.today", 10, icon="home"))
    add(Item("Tournée", "presence:my_round", "presence.work", 11, icon="map-pin", bar=True))
    add(Item("Tournées et permanences", "presence:rounds", "presence.view_log", 20, icon="calendar", section="field"))
    add(Item("Main courante", "presence:log_home", "presence.view_log", 15, icon="book", section="field"))
    add(Item("Observations", "presence:observations", "presence.view_log", 24, icon="eye", section="field"))
    add(
        Item("Signalements techniques", "presence:defects", "presence.view_defects", 25, icon="wrench", section="field")
    )
