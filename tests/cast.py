"""The fixed cast: the same people in every test."""

from dataclasses import dataclass

from entremise.accounts import queries as accounts
from entremise.accounts import services
from entremise.accounts.enums import Job, Role
from entremise.core.actor import Actor, system_actor

PASSWORD = "trois-mots-choisis-9"


@dataclass
class Person:
    """Someone of the cast: account, membership and the actor that services take."""

    user: object
    member: object
    actor: Actor


@dataclass
class Cast:
    """samia and paul share a team; claire supervises it; ines works in another organisation.

    ``alban`` administers the first organisation, ``dora`` protects its data, ``leo`` audits it.
    ``hugo`` is a mediator of the same organisation, in another team (prevention, anonymous by construction).
    """

    organisation: object
    team: object
    other_team: object
    other_organisation: object
    foreign_team: object
    samia: Person
    paul: Person
    claire: Person
    alban: Person
    dora: Person
    leo: Person
    hugo: Person
    ines: Person
    clara: Person

    def people(self) -> dict[str, Person]:
        """Everyone, by first name."""
        return {name: value for name, value in vars(self).items() if isinstance(value, Person)}


def _join(organisation, name, roles, teams):
    user = services.get_or_create_user(email=f"{name}@exemple.test", display_name=name.capitalize())
    user.set_password(PASSWORD)
    user.save()
    setup = system_actor(organisation.pk)
    member = services.add_member(actor=setup, user=user, roles=roles, team_ids=[team.pk for team in teams])
    return Person(user, member, accounts.actor_for(user, organisation.pk))


def build() -> Cast:
    """Create the cast in the database."""
    here = services.create_organisation(name="Passage commun")
    there = services.create_organisation(name="Rive gauche")
    actor = system_actor(here.pk)
    team = services.create_team(actor=actor, name="Équipe du soir", job=Job.ESPACES_PUBLICS)
    other = services.create_team(actor=actor, name="Équipe mobile", job=Job.PREVENTION_SPECIALISEE)
    foreign = services.create_team(actor=system_actor(there.pk), name="Équipe du port", job=Job.ESPACES_PUBLICS)
    return Cast(
        organisation=here,
        team=team,
        other_team=other,
        other_organisation=there,
        foreign_team=foreign,
        samia=_join(here, "samia", [Role.MEDIATEUR], [team]),
        paul=_join(here, "paul", [Role.MEDIATEUR], [team]),
        claire=_join(here, "claire", [Role.ENCADRANT], [team, other]),
        alban=_join(here, "alban", [Role.ADMINISTRATEUR], []),
        dora=_join(here, "dora", [Role.DPD], []),
        leo=_join(here, "leo", [Role.LECTEUR], []),
        hugo=_join(here, "hugo", [Role.MEDIATEUR], [other]),
        ines=_join(there, "ines", [Role.MEDIATEUR], [foreign]),
        clara=_join(there, "clara", [Role.ENCADRANT], [foreign]),
    )
