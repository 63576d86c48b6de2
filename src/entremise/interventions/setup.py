"""What this module tells the modules below it, once, when the applications are ready."""

from entremise.core import nomenclature
from entremise.interventions import enums

_LISTS = (
    ("L1", "Registre d’activité", enums.Register),
    ("L2", "Origine", enums.Origin),
    ("L3", "Mode de contact", enums.ContactMode),
    ("L5", "Configuration du public", enums.PublicConfiguration),
    ("L7", "Genre", enums.Gender),
    ("L8", "Qualité du public", enums.PublicQuality),
    ("L9", "Besoin de langue", enums.LanguageNeed),
    ("L10", "Nature de la demande", enums.Demand),
    ("L11", "Thème", enums.Theme),
    ("L12", "Type de conflit", enums.ConflictKind),
    ("L13", "Objet du conflit", enums.ConflictObject),
    ("L14", "Antériorité", enums.History),
    ("L16", "Signal de danger", enums.DangerSign),
    ("L17", "Action réalisée", enums.Action),
    ("L18", "Résultat immédiat", enums.Outcome),
    ("L19", "Suite", enums.FollowUp),
)


def declare_lists() -> None:
    """The closed lists of the act, so that organisations may rename, hide or complete their items."""
    for reference, name, choices in _LISTS:
        nomenclature.register(reference, name, choices)
