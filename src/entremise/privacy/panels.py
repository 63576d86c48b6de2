"""Panels that upper modules put on the page of a followed person: each is a view of its own, loaded by itself."""

import uuid
from dataclasses import dataclass

from django.urls import reverse

from entremise.core.actor import Actor
from entremise.core.permissions import can
from entremise.core.time import today
from entremise.core.waiting import WaitingItem
from entremise.places.search import SearchHit
from entremise.privacy.queries import due_persons, find_by_reference
from entremise.privacy.queries.persons import MANY, age_label


@dataclass(frozen=True)
class Panel:
    """A panel: its title, the name of its view (which takes ``person_id``), the permission it asks."""

    title: str
    url_name: str
    permission: str
    order: int


_panels: dict[str, Panel] = {}


def register_panel(title: str, url_name: str, permission: str, order: int = 100) -> None:
    """Add a panel to the page of every followed person; called once, in ``apps.py``."""
    _panels[url_name] = Panel(title, url_name, permission, order)


def panels_for(actor: Actor, person_id: uuid.UUID) -> list[tuple[str, str]]:
    """(title, address) of the panels this actor may open, in order."""
    ordered = sorted(_panels.values(), key=lambda panel: (panel.order, panel.title))
    allowed = [panel for panel in ordered if can(actor, panel.permission)]
    return [(panel.title, reverse(panel.url_name, args=[person_id])) for panel in allowed]


def find_persons(actor: Actor, text: str) -> list[SearchHit]:
    """The followed person of a reference, in the one search of the office. A name finds nobody."""
    if not can(actor, "privacy.use_persons"):
        return []
    person = find_by_reference(actor, text)
    if person is None:
        return []
    return [SearchHit(f"Personne {person.reference}", age_label(person), reverse("privacy:person", args=[person.pk]))]


def waiting_for(actor: Actor) -> list[WaitingItem]:
    """Persons to see again. A watched phone does not take anyone out: the reminder is the mediator's own."""
    if not can(actor, "privacy.use_persons"):
        return []
    due = list(due_persons(actor).only("pk", "see_again_on")[:MANY])
    if not due:
        return []
    late = sum(person.see_again_on is not None and person.see_again_on < today() for person in due)
    alone = reverse("privacy:person", args=[due[0].pk])
    many = f"{reverse('privacy:persons')}?revoir=echu"
    return [
        WaitingItem(
            kind="privacy.see_again",
            count=len(due),
            label="personne suivie à revoir" if len(due) == 1 else "personnes suivies à revoir",
            url=alone if len(due) == 1 else many,
            detail=f"dont {late} en retard" if late else "",
        )
    ]
