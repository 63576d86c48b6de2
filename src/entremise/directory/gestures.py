"""What this module teaches first to those who set an organisation up."""

from entremise.accounts.enums import Role
from entremise.accounts.welcome import Gesture, State, counted, register
from entremise.core.actor import Actor
from entremise.directory.queries import list_partners


def register_all() -> None:
    """Called once, when the applications are ready."""
    register(
        Gesture(
            title="Tenir l’annuaire",
            text="Les partenaires, leurs horaires, qui appeler à défaut. Un tableur s’importe de la même façon.",
            roles=frozenset({Role.ADMINISTRATEUR}),
            order=50,
            url_name="directory:partners",
            label="Voir l’annuaire",
            permission="directory.manage",
            of_mediators=True,
            state=_partners,
        )
    )


def _partners(actor: Actor) -> State:
    return counted(list_partners(actor).count(), "partenaire", "partenaires", "Aucun partenaire")
