"""What this module teaches first to those who audit."""

from entremise.accounts.enums import Role
from entremise.accounts.welcome import Gesture, register

AUDITOR = frozenset({Role.LECTEUR})


def register_all() -> None:
    """Called once, when the applications are ready."""
    register(
        Gesture(
            title="Lire un bilan",
            text="Choisissez la convention et la période. Les comptes de personnes sous 5 sont masqués.",
            roles=AUDITOR,
            order=210,
            url_name="statistics:report",
            label="Ouvrir les bilans",
            permission="statistics.view",
            of_mediators=True,
        )
    )
    register(
        Gesture(
            title="Savoir ce que chaque chiffre compte",
            text="La définition de chaque chiffre, son dénominateur et ce qu’il laisse de côté.",
            roles=AUDITOR,
            order=220,
            url_name="statistics:definitions",
            label="Lire les définitions",
            permission="statistics.view",
            of_mediators=True,
        )
    )
