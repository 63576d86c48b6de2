"""What this module teaches first to those who set an organisation up."""

from entremise.accounts.enums import Role
from entremise.accounts.welcome import Gesture, State, counted, register
from entremise.core.actor import Actor
from entremise.places.queries import list_sites


def register_all() -> None:
    """Called once, when the applications are ready."""
    for gesture in _GESTURES:
        register(gesture)


def _sites(actor: Actor) -> State:
    return counted(list_sites(actor).count(), "lieu ouvert", "lieux ouverts", "Aucun lieu")


_GESTURES = (
    Gesture(
        title="Dire où l’équipe travaille",
        text="Les secteurs, puis leurs lieux : halls, arrêts, écoles, permanences. Une fiche se note à un lieu.",
        roles=frozenset({Role.ADMINISTRATEUR}),
        order=30,
        url_name="places:sectors",
        label="Voir les secteurs",
        permission="places.manage",
        of_mediators=True,
        state=_sites,
    ),
    Gesture(
        title="Reprendre un tableur de lieux",
        text="Un aperçu dit ce qui sera importé et pourquoi une ligne est refusée. Rien n’entre sans votre accord.",
        roles=frozenset({Role.ADMINISTRATEUR}),
        order=40,
        url_name="places:import",
        label="Importer des lieux",
        permission="places.manage",
        of_mediators=True,
    ),
    Gesture(
        title="Voir les lieux",
        text="Secteurs, lieux et types d’espace, tels que l’organisation les tient.",
        roles=frozenset({Role.LECTEUR}),
        order=260,
        url_name="places:sites",
        label="Voir les lieux",
        permission="places.view",
        of_mediators=True,
    ),
)
