"""What the references tell the modules below, once, when the applications are ready."""

from entremise.accounts import presets, welcome
from entremise.accounts.enums import Role
from entremise.core.ui.navigation import Item, register
from entremise.documents.services import register_export
from entremise.intercultural.services import set_number_source
from entremise.interventions.reference import (
    cards,
    exports,
    numbers,
    rules,  # noqa: F401 - registers the permissions
    verification,
)

_GESTURES = (
    welcome.Gesture(
        title="Vérifier les numéros d’urgence",
        text="Chaque numéro porte la date où quelqu’un l’a vérifié ; appelez, puis notez la vôtre.",
        roles=frozenset({Role.ADMINISTRATEUR}),
        order=70,
        url_name="interventions:numbers",
        label="Voir les numéros",
        permission="interventions.check_number",
        of_mediators=True,
    ),
    welcome.Gesture(
        title="Relire le cadre",
        text="La Charte de 2001, et ce qu’un médiateur refuse de faire ou de dire.",
        roles=frozenset({Role.DPD}),
        order=150,
        url_name="interventions:charter",
        label="Lire la Charte",
        permission="interventions.view_reference",
        of_mediators=True,
    ),
    welcome.Gesture(
        title="Compter les demandes refusées",
        text="Combien de demandes contraires à la Charte ont été refusées, et sur quel fondement. Jamais leur récit.",
        roles=frozenset({Role.LECTEUR}),
        order=230,
        url_name="interventions:refusals",
        label="Voir les totaux",
        permission="interventions.count_refusals",
        of_mediators=True,
    ),
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
    for gesture in _GESTURES:
        welcome.register(gesture)
    set_number_source(numbers.get)
    verification.register_checks()
