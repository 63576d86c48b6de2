"""Writes on organisations, teams and members: one verb, one function."""

import uuid
from collections.abc import Iterable

from django.db import transaction

from entremise.accounts.enums import OrganisationKind, Role
from entremise.accounts.events import MemberJoined, OrganisationCreated, TeamCreated
from entremise.accounts.models import Member, Organisation, Team, User, email_hash
from entremise.core.actor import Actor, system_actor
from entremise.journal.services import publish


@transaction.atomic
def create_organisation(*, name: str, kind: str = OrganisationKind.ASSOCIATION, siret: str = "") -> Organisation:
    """A new organisation without members; done by the operator (command line), never from a page."""
    organisation = Organisation.objects.create(name=name, kind=kind, siret=siret)
    publish(OrganisationCreated(actor=system_actor(organisation.pk, "command"), target_id=organisation.pk))
    return organisation


@transaction.atomic
def create_team(*, actor: Actor, name: str, job: str) -> Team:
    """A new team in the actor's organisation."""
    team = Team.objects.create(organisation_id=actor.organisation_id, name=name, job=job)
    publish(TeamCreated(actor=actor, target_id=team.pk, codes={"job": job}))
    return team


def get_or_create_user(*, email: str, display_name: str) -> User:
    """The account of an address; a new one has no usable password until its owner chooses one."""
    user = User.objects.filter(email_hash=email_hash(email)).first()
    if user is None:
        user = User(email=email.strip(), display_name=display_name)
        user.set_unusable_password()
        user.save()
    return user


@transaction.atomic
def add_member(
    *, actor: Actor, user: User, roles: Iterable[str] = (Role.MEDIATEUR,), team_ids: Iterable[uuid.UUID] = ()
) -> Member:
    """Put a person in the actor's organisation with these roles and teams."""
    member = Member.objects.create(organisation_id=actor.organisation_id, user=user, roles=sorted(set(roles)))
    member.teams.set(Team.objects.visible_to(actor).filter(pk__in=list(team_ids)))
    publish(MemberJoined(actor=actor, target_id=member.pk, codes={"roles": member.roles}))
    return member
