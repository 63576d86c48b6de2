"""What waits for someone: their own sheets to read again, invitations to answer. Shown to them alone."""

from django.urls import reverse

from entremise.core.actor import Actor
from entremise.core.permissions import can
from entremise.core.waiting import WaitingItem
from entremise.practice.queries.sheets import to_reread

MANY = 100


def waiting_for(actor: Actor) -> list[WaitingItem]:
    """How many sheets, never which: the first page may be seen over a shoulder."""
    if not can(actor, "practice.keep_sheets"):
        return []
    count = to_reread(actor).order_by()[:MANY].count()
    label = "fiche réflexive à relire" if count == 1 else "fiches réflexives à relire"
    url = reverse("practice:sheets")
    return [WaitingItem(label=label, count=count, url=url, kind="practice.reread", action="Relire")]
