"""Panels that upper modules put on a page of a lower one: each is a view of its own, loaded by itself."""

import uuid
from dataclasses import dataclass

from django.urls import reverse

from entremise.core.actor import Actor
from entremise.core.permissions import can


@dataclass(frozen=True)
class Panel:
    """A panel: its title, the name of its view (which takes what the page shows), the permission it asks."""

    title: str
    url_name: str
    permission: str
    order: int


class Panels:
    """Those of one kind of page."""

    def __init__(self) -> None:
        self._known: dict[str, Panel] = {}

    def register(self, title: str, url_name: str, permission: str, order: int = 100) -> None:
        """Add a panel to every such page; called once, in ``apps.py``."""
        self._known[url_name] = Panel(title, url_name, permission, order)

    def shown_to(self, actor: Actor, shown: uuid.UUID) -> list[tuple[str, str]]:
        """(title, address) of the panels this actor may open beside what is shown, in order."""
        ordered = sorted(self._known.values(), key=lambda panel: (panel.order, panel.title))
        allowed = [panel for panel in ordered if can(actor, panel.permission)]
        return [(panel.title, reverse(panel.url_name, args=[shown])) for panel in allowed]
