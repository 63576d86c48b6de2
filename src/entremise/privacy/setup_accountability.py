"""What the registers of data protection bring to the rest of the product. Called once, when the apps are ready."""

from django.urls import reverse

from entremise.core import schedule, waiting
from entremise.core.actor import Actor
from entremise.core.permissions import can
from entremise.core.ui.navigation import Item, register
from entremise.core.waiting import WaitingItem
from entremise.documents.exports import register as register_export
from entremise.privacy import (  # noqa: F401 - rules register the permissions
    exports_accountability,
    personal_accountability,
    rules_accountability,
    tasks_accountability,
)
from entremise.privacy.queries.breaches import clock_of, list_breaches, undecided
from entremise.privacy.queries.handlers import follows_breaches
from entremise.privacy.services.breaches import warn_deadlines

MANY = 100


def set_up() -> None:
    """Menu, exports, mails, reminders, « Ce qui m’attend », declarations."""
    personal_accountability.declare()
    tasks_accountability.subscribe_all()
    register_export("violations", exports_accountability.BREACHES)
    register_export("sous-traitants", exports_accountability.PROCESSORS)
    schedule.register("privacy.violations", lambda: f"{warn_deadlines()} échéances de violation rappelées")
    waiting.register(breaches_waiting)
    for item in (
        Item("Registre", "privacy:register", "privacy.view_register", 850, "book", section="protection"),
        Item("Analyses d’impact", "privacy:impacts", "privacy.view_register", 852, "eye", section="protection"),
        Item("Sous-traitants", "privacy:processors", "privacy.view_register", 854, "building", section="protection"),
        Item("Violations", "privacy:breaches", "privacy.view_breaches", 856, "warning", section="protection"),
        Item(
            "Signaler une perte",
            "privacy:breach_report",
            "privacy.report_breach",
            890,
            "bell",
            section="protection",
        ),
    ):
        register(item)


def breaches_waiting(actor: Actor) -> list[WaitingItem]:
    """Breaches whose 72 hours run, for those who follow them."""
    if not can(actor, "privacy.follow_breaches"):
        return []
    rows = list(undecided(list_breaches(actor))[:MANY])
    if not rows or not follows_breaches(actor):
        return []
    clock = clock_of(rows[0])
    one = len(rows) == 1
    url = (
        reverse("privacy:breach", args=[rows[0].pk])
        if one
        else f"{reverse('privacy:breaches')}?etat=horloge&tri=decouverte"
    )
    return [
        WaitingItem(
            label="violation de données à décider" if one else "violations de données à décider",
            count=len(rows),
            url=url,
            kind="privacy.breaches",
            action="Décider",
            detail=clock.words if one else f"La plus pressée : {clock.words[:1].lower()}{clock.words[1:]}",
            tone="danger" if clock.kind == "bad" else "attention",
        )
    ]
