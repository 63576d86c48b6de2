"""The page of a followed person: what upper modules put on it; and persons where upper pages list what waits."""

from django.urls import reverse

from entremise.core.actor import Actor
from entremise.core.permissions import can
from entremise.core.time import today
from entremise.core.ui.panels import Panels
from entremise.core.waiting import WaitingItem
from entremise.places.search import SearchHit
from entremise.privacy.queries import due_persons, find_by_reference
from entremise.privacy.queries.persons import MANY, age_label

PANELS = Panels()


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
