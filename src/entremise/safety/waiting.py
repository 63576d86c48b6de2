"""What the team's safety puts in « Ce qui m’attend »."""

from django.urls import reverse

from entremise.core.actor import Actor
from entremise.core.permissions import can
from entremise.core.waiting import WaitingItem
from entremise.safety import queries

MANY = 100


def open_alerts(actor: Actor) -> list[WaitingItem]:
    """Alerts that nobody has closed."""
    if not can(actor, "safety.answer"):
        return []
    found = list(queries.open_alerts(actor)[:MANY])
    if not found:
        return []
    one = len(found) == 1
    url = reverse("safety:alert", args=[found[0].pk]) if one else f"{reverse('safety:alerts')}?etat=ouvertes"
    label = "alerte de l’équipe en cours" if one else "alertes de l’équipe en cours"
    return [WaitingItem(label=label, count=len(found), url=url, kind="safety.alerts", action="L’ouvrir", tone="danger")]
