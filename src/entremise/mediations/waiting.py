"""What mediations put in front of someone: counts and kinds, never a word of a case."""

from collections.abc import Sequence
from typing import Any

from django.urls import reverse

from entremise.core.actor import Actor
from entremise.core.permissions import can
from entremise.core.waiting import WaitingItem
from entremise.mediations.queries.agreement import due_follow_ups
from entremise.mediations.queries.oversight import alerts_of, invitations, successions, undecided

MANY = 100


def waiting_for(actor: Actor) -> list[WaitingItem]:
    """Agreements to look at again, warnings, places to accept or to confirm, exceptions to decide."""
    items = []
    if can(actor, "mediations.use"):
        follow_ups = [one.case_id for one in due_follow_ups(actor)[:MANY]]
        items.append(
            _item("follow_ups", "accord à vérifier", "accords à vérifier", follow_ups, "Prendre des nouvelles")
        )
        alerts = [one.case_id for one in alerts_of(actor)[:MANY]]
        words = ("avertissement de médiation", "avertissements de médiation")
        items.append(_item("alerts", *words, alerts, "Ouvrir le dossier", tone="attention"))
        asked = [one.case_id for one in undecided(actor)[:MANY]]
        words = ("sortie de confidentialité à décider", "sorties de confidentialité à décider")
        items.append(_item("disclosures", *words, asked, "Décider", tone="danger"))
        named = [one.pk for one in invitations(actor)[:MANY]]
        words = ("médiation vous est proposée", "médiations vous sont proposées")
        items.append(_item("invitations", *words, named, "Répondre", url="mediations:declare"))
    if can(actor, "mediations.confirm"):
        waiting = list(successions(actor)[:MANY])
        words = ("médiateur à confirmer", "médiateurs à confirmer")
        items.append(_item("successions", *words, waiting, "Confirmer", url="mediations:successions", each=False))
    return [item for item in items if item.count]


def _item(
    kind: str, one: str, several: str, found: Sequence[Any], action: str, *, tone: str = "card", **where: Any
) -> WaitingItem:
    """A single thing opens itself; several open their list."""
    name, each = where.get("url", "mediations:case"), where.get("each", True)
    single = each and found and (len(set(found)) == 1 or name == "mediations:declare")
    address = reverse(name, args=[found[0]]) if single else reverse(name if not each else "mediations:list")
    return WaitingItem(
        kind=f"mediations.{kind}",
        count=len(found),
        label=one if len(found) == 1 else several,
        url=address,
        action=action,
        tone=tone,
    )
