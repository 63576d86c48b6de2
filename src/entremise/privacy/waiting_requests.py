"""What requests put in front of someone: answers to give, corrections to make."""

from django.urls import reverse

from entremise.core.actor import Actor
from entremise.core.permissions import can
from entremise.core.waiting import WaitingItem
from entremise.privacy.queries.requests import corrections_for, open_counts

MANY = 100


def waiting_for(actor: Actor) -> list[WaitingItem]:
    """Open requests for those who answer, with what presses; corrections for the team that follows the person."""
    if can(actor, "privacy.answer_requests"):
        count, pressing = open_counts(actor, limit=MANY)
        words = "demandes de droits à répondre" if count > 1 else "demande de droits à répondre"
        detail = f"dont {pressing} dans la semaine ou en retard" if pressing else ""
        tone = "attention" if pressing else "card"
        return _item("privacy.requests", count, words, reverse("privacy:requests"), "Répondre", detail, tone)
    if not can(actor, "privacy.passes_requests"):
        return []
    due = list(corrections_for(actor)[:MANY])
    words = "rectifications demandées" if len(due) > 1 else "rectification demandée"
    url = reverse("privacy:request", args=[due[0].pk]) if len(due) == 1 else reverse("privacy:requests")
    return _item("privacy.corrections", len(due), words, url, "Ouvrir", "", "attention")


def _item(kind: str, count: int, label: str, url: str, action: str, detail: str, tone: str) -> list[WaitingItem]:
    if not count:
        return []
    return [WaitingItem(kind=kind, count=count, label=label, url=url, action=action, detail=detail, tone=tone)]
