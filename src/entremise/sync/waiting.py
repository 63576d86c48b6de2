"""What phones put in front of someone."""

from django.urls import reverse

from entremise.core.actor import Actor
from entremise.core.permissions import can
from entremise.core.waiting import WaitingItem
from entremise.sync.queries.health import own_counts, phone_lines
from entremise.sync.queries.media import missing_files
from entremise.sync.queries.operations import supervised_operations


def waiting_for(actor: Actor) -> list[WaitingItem]:
    """To correct, to compare, photos that never came, phones in trouble."""
    items = []
    if can(actor, "sync.enrol"):
        counts = own_counts(actor)
        items.append(_item("to_correct", counts.to_correct, "saisie à corriger", "saisies à corriger"))
        items.append(_item("to_compare", counts.conflicts, "fiche à comparer", "fiches à comparer", "sync:conflicts"))
        photos = missing_files(actor)[:100].count()
        items.append(_item("photos", photos, "photo jamais arrivée", "photos jamais arrivées", "sync:photos"))
    if can(actor, "sync.supervise"):
        troubled = sum(bool(line.alarms) for line in phone_lines(actor)) + supervised_operations(actor)[:100].count()
        items.append(_item("phones", troubled, "alerte de téléphone", "alertes de téléphones", "sync:health"))
    return [item for item in items if item.count]


def _item(kind: str, count: int, one: str, many: str, url: str = "sync:mine") -> WaitingItem:
    label = many if count > 1 else one
    return WaitingItem(kind=f"sync.{kind}", count=count, label=label, url=reverse(url), tone="attention")
