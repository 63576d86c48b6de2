"""Panels that upper modules put on the page of a site: each is a view of its own, loaded by itself."""

import uuid
from dataclasses import dataclass

from django.urls import reverse

from entremise.core.actor import Actor
from entremise.core.permissions import can


@dataclass(frozen=True)
class Panel:
    """A panel: its title, the name of its view (which takes ``site_id``), the permission it asks."""

    title: str
    url_name: str
    permission: str
    order: int


_panels: dict[str, Panel] = {}


def register_panel(title: str, url_name: str, permission: str, order: int = 100) -> None:
    """Add a panel to the page of every site; called once, in ``apps.py``."""
    _panels[url_name] = Panel(title, url_name, permission, order)


def panels_for(actor: Actor, site_id: uuid.UUID) -> list[tuple[str, str]]:
    """(title, address) of the panels this actor may open, in order."""
    ordered = sorted(_panels.values(), key=lambda panel: (panel.order, panel.title))
    allowed = [panel for panel in ordered if can(actor, panel.permission)]
    return [(panel.title, reverse(panel.url_name, args=[site_id])) for panel in allowed]
