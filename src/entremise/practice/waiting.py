"""What waits for someone: their own sheets to read again, invitations to answer. Shown to them alone."""

from django.urls import reverse

from entremise.core.actor import Actor
from entremise.core.permissions import can
from entremise.core.waiting import WaitingItem
from entremise.practice.queries.meetings import invitations_waiting
from entremise.practice.queries.sheets import to_reread

MANY = 100


def waiting_for(actor: Actor) -> list[WaitingItem]:
    """How many, never which: the first page may be seen over a shoulder."""
    found = []
    if can(actor, "practice.keep_sheets"):
        count = to_reread(actor).order_by()[:MANY].count()
        label = "fiche réflexive à relire" if count == 1 else "fiches réflexives à relire"
        found.append(_item("reread", label, count, "practice:sheets", "Relire"))
    if can(actor, "practice.meet"):
        count = invitations_waiting(actor)
        label = "invitation à une séance d’analyse" if count == 1 else "invitations à des séances d’analyse"
        found.append(_item("invitation", label, count, "practice:meetings", "Répondre"))
    return found


def _item(kind: str, label: str, count: int, url_name: str, action: str) -> WaitingItem:
    return WaitingItem(label=label, count=count, url=reverse(url_name), kind=f"practice.{kind}", action=action)
