"""What the references tell the modules below, once, when the applications are ready."""

from entremise.accounts import presets
from entremise.core.ui.navigation import Item, register
from entremise.documents.services import register_export
from entremise.interventions.reference import (
    cards,
    exports,
    rules,  # noqa: F401 - registers the permissions
    verification,
)


def declare_reference() -> None:
    """Navigation, the cards of each job, and the check of the numbers."""
    register(
        Item(
            "Urgence", "interventions:numbers", "interventions.view_reference", 40, "warning", bar=True, section="relay"
        )
    )
    register(
        Item("Cadre et Charte", "interventions:charter", "interventions.view_reference", 60, "book", section="account")
    )
    titles = {card.code: card.title for card in cards.all_cards()}
    for job, codes in cards.BY_JOB.items():
        presets.declare(job, presets.CARDS, [(code, titles[code]) for code in codes])
    register_export(exports.EXPORT, exports.export)
    verification.register_checks()
