"""What backups tell the rest, once, when the applications are ready."""

from django.urls import reverse

from entremise.core import schedule, waiting
from entremise.core.actor import Actor
from entremise.core.permissions import can
from entremise.core.ui.navigation import Item, register
from entremise.core.waiting import WaitingItem
from entremise.privacy import verification_backups
from entremise.privacy.queries.backups import backups_faults
from entremise.privacy.services import backups


def set_up() -> None:
    """The nightly work, the menu, what `entremise verify` checks."""
    schedule.register("privacy.sauvegardes", backups.tick)
    verification_backups.register_checks()
    waiting.register(waiting_for)
    register(Item("Sauvegardes", "privacy:backups", "privacy.view_backups", 860, "lock", section="protection"))


_LABELS = {"retard": "sauvegarde en retard", "repetition": "restauration à répéter"}


def waiting_for(actor: Actor) -> list[WaitingItem]:
    """What would make a breakdown a loss, for who can have it mended."""
    if not can(actor, "privacy.follow_backups"):
        return []
    return [
        WaitingItem(
            kind=f"privacy.backups.{fault.code}",
            count=1,
            label=_LABELS[fault.code],
            detail=fault.words,
            url=reverse("privacy:backups"),
            action="Voir",
            tone="danger" if fault.code == "retard" else "attention",
        )
        for fault in backups_faults()
    ]
