"""What retention tells the rest, once, when the applications are ready."""

from django.urls import reverse

from entremise.core import schedule, waiting
from entremise.core.actor import Actor
from entremise.core.permissions import can
from entremise.core.ui.navigation import Item, register
from entremise.core.waiting import WaitingItem
from entremise.documents.exports import register as register_export
from entremise.privacy import exports_retention, holdable
from entremise.privacy.enums import HoldKind
from entremise.privacy.queries.holds import find_person
from entremise.privacy.queries.retention import runs_to_confirm
from entremise.privacy.services import retention

MANY = 100


def set_up() -> None:
    """The nightly work, the menu, spreadsheets, what waits for the officer, and what can be held."""
    schedule.register("privacy.conservation", retention.tick)
    register(Item("À purger", "privacy:purge", "privacy.view_retention", 845, "clock", section="protection"))
    register_export("conservation", exports_retention.RULES)
    register_export("passages-de-conservation", exports_retention.RUNS)
    holdable.register(HoldKind.PERSONNE, find_person)
    waiting.register(waiting_for)


def waiting_for(actor: Actor) -> list[WaitingItem]:
    """Suspended runs, for the one who decides."""
    if not can(actor, "privacy.decide_retention"):
        return []
    rows = list(runs_to_confirm(actor)[:MANY])
    if not rows:
        return []
    one = len(rows) == 1
    url = reverse("privacy:purge_run", args=[rows[0].pk]) if one else reverse("privacy:purge")
    label = "effacement suspendu, à confirmer" if one else "effacements suspendus, à confirmer"
    return [
        WaitingItem(label=label, count=len(rows), url=url, kind="privacy.retention", action="Relire", tone="attention")
    ]
