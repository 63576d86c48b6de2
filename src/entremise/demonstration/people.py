"""The invented people of the demonstration, their teams and their accounts."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass, field

from entremise.accounts import queries as accounts
from entremise.accounts import services
from entremise.accounts.enums import Job, Role
from entremise.accounts.services import second_factor
from entremise.core.actor import Actor, system_actor

PASSWORD = "demonstration-2026"  # noqa: S105 - printed for everyone to see, on loopback only

TEAMS: dict[str, tuple[str, Job]] = {
    "soir": ("Équipe du soir", Job.ESPACES_PUBLICS),
    "nuit": ("Équipe de nuit", Job.ESPACES_PUBLICS),
    "ecole": ("Médiation scolaire", Job.MILIEU_SCOLAIRE),
    "tram": ("Équipe de la ligne T", Job.TRANSPORTS),
    "accueil": ("Accueils et numérique", Job.POINTS_ACCUEIL),
    "mobile": ("Équipe mobile", Job.PREVENTION_SPECIALISEE),
}

# first name → (roles, teams, what the terminal says of the account)
PEOPLE: dict[str, tuple[tuple[Role, ...], tuple[str, ...], str]] = {
    "samia": ((Role.MEDIATEUR,), ("soir",), "médiatrice, équipe du soir"),
    "paul": ((Role.MEDIATEUR,), ("soir",), "médiateur, équipe du soir"),
    "idriss": ((Role.MEDIATEUR,), ("ecole",), "médiateur scolaire"),
    "maud": ((Role.MEDIATEUR,), ("nuit",), "médiatrice, équipe de nuit"),
    "yann": ((Role.MEDIATEUR,), ("nuit",), "médiateur, équipe de nuit"),
    "sana": ((Role.MEDIATEUR,), ("tram",), "médiatrice, ligne T"),
    "theo": ((Role.MEDIATEUR,), ("tram",), "médiateur, ligne T"),
    "jeanne": ((Role.MEDIATEUR,), ("accueil",), "médiatrice, accueils et numérique"),
    "hugo": ((Role.MEDIATEUR,), ("mobile",), "médiateur, équipe mobile (anonyme)"),
    "lin": ((Role.MEDIATEUR,), ("mobile",), "médiatrice, équipe mobile (anonyme)"),
    "claire": ((Role.ENCADRANT,), tuple(TEAMS), "encadrante"),
    "alban": ((Role.ADMINISTRATEUR,), (), "administrateur de l’organisation"),
    "dora": ((Role.DPD,), (), "déléguée à la protection des données"),
    "leo": ((Role.LECTEUR,), (), "lecteur (audit)"),
}
SHOWN = ("samia", "paul", "idriss", "jeanne", "hugo", "claire", "alban", "dora", "leo")


@dataclass
class House:
    """The association once its people are there."""

    organisation_id: uuid.UUID
    teams: dict[str, uuid.UUID] = field(default_factory=dict)
    actors: dict[str, Actor] = field(default_factory=dict)
    members: dict[str, uuid.UUID] = field(default_factory=dict)


def settle() -> House:
    """Create the association, its teams and its members; return the actors to play with."""
    organisation = services.create_organisation(name="Passage commun (exemple)")
    setup = system_actor(organisation.pk, "command")
    services.set_contact_email(actor=setup, contact_email="contact@exemple.test")
    house = House(organisation.pk)
    for key, (name, job) in TEAMS.items():
        house.teams[key] = services.create_team(actor=setup, name=name, job=job).pk
    for name, (roles, teams, _) in PEOPLE.items():
        member_teams = [house.teams[team] for team in teams]
        house.members[name], house.actors[name] = join(setup, name, _display(name), roles, member_teams)
    return house


def join(
    setup: Actor, key: str, name: str, roles: Sequence[Role], teams: Sequence[uuid.UUID] = ()
) -> tuple[uuid.UUID, Actor]:
    """An account (``key`` before the @) and its membership, second factor done where the role asks for one."""
    user = services.get_or_create_user(email=f"{key}@exemple.test", display_name=name)
    user.set_password(PASSWORD)
    user.save()
    member = services.add_member(actor=setup, user=user, roles=roles, team_ids=list(teams))
    actor = accounts.actor_for(user, member.organisation_id)
    if actor is None:
        raise RuntimeError(f"{key} belongs nowhere")
    if second_factor.is_required(actor.roles):
        factor = second_factor.begin(actor=actor, user=user)
        second_factor.confirm(actor=actor, user=user, code=second_factor.next_code(factor), session_key=None)
    return member.pk, actor


def _display(name: str) -> str:
    return {"theo": "Théo", "leo": "Léo"}.get(name, name.capitalize())


def accounts_card(others: dict[str, str]) -> str:
    """The accounts to try, for the terminal; ``others``, those of another organisation, by first name."""
    shown = {name: PEOPLE[name][2] for name in SHOWN} | others
    lines = [f"  {name + '@exemple.test':<22} {words}" for name, words in shown.items()]
    code = "  second facteur (rôles au-dessus de médiateur) : le code du moment s’affiche à l’écran"
    return "\n".join([*lines, f"  mot de passe de tous : {PASSWORD}", code])
