"""The demonstration's story: a fictitious association, invented people and places, lifelike days."""

from collections.abc import Callable

from entremise.accounts import queries as accounts
from entremise.accounts import services
from entremise.accounts.enums import Job, Role
from entremise.core.actor import system_actor

PASSWORD = "demonstration-2026"  # noqa: S105 - printed for everyone to see, on loopback only


def load(say: Callable[[str], object]) -> None:
    """Load the story once; a second start keeps what was written since."""
    if accounts.has_organisations():
        return
    say("Chargement de la démonstration…")
    organisation = services.create_organisation(name="Passage commun (exemple)")
    actor = system_actor(organisation.pk, "command")
    team = services.create_team(actor=actor, name="Équipe du soir", job=Job.ESPACES_PUBLICS)
    user = services.get_or_create_user(email="samia@exemple.test", display_name="Samia")
    user.set_password(PASSWORD)
    user.save()
    services.add_member(actor=actor, user=user, roles=[Role.MEDIATEUR], team_ids=[team.pk])


def accounts_card() -> str:
    """The accounts to try, for the terminal."""
    return f"  samia@exemple.test   médiatrice   mot de passe : {PASSWORD}"
