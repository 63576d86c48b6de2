"""Reads of organisations, teams and members."""

import uuid
from collections.abc import Iterable
from dataclasses import dataclass, replace

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from entremise.accounts.enums import ANONYMOUS_JOBS, Role
from entremise.accounts.models import Invitation, Member, Organisation, Team, User
from entremise.core.actor import Actor
from entremise.core.db import get_one
from entremise.core.time import now

FORMER_MEMBER = "(a quitté l’organisation)"
WITHOUT_TEAM = "aucune"  # in place of a team in the filters of the list


def memberships_of(user: User) -> list[Member]:
    """Where a person works today, oldest first, with the organisation and the teams: two queries."""
    members = Member.objects.filter(user=user, left_at=None).select_related("organisation")
    return list(members.prefetch_related("teams").order_by("joined_at", "pk"))


def choose(members: list[Member], organisation_id: uuid.UUID | str | None) -> Member | None:
    """The membership in the chosen organisation, else the oldest; None when there is none."""
    chosen = (member for member in members if str(member.organisation_id) == str(organisation_id))
    return next(chosen, members[0] if members else None)


def actor_of(member: Member, request_id: str = "") -> Actor:
    """The actor of a membership; closed teams give nothing."""
    return Actor(
        organisation_id=member.organisation_id,
        user_id=member.user_id,
        member_id=member.pk,
        roles=frozenset(member.roles),
        team_ids=frozenset(team.pk for team in member.teams.all() if team.is_active),
        request_id=request_id,
    )


def actor_for(user: User, organisation_id: uuid.UUID | str | None, request_id: str = "") -> Actor | None:
    """The person acting in the chosen organisation, or in the only one; None when there is none."""
    member = choose(memberships_of(user), organisation_id)
    return actor_of(member, request_id) if member else None


def member_actor(member_id: uuid.UUID, *, origin: str = "web", request_id: str = "") -> Actor | None:
    """A present member with the roles and teams of today, for work they signed elsewhere; None once they have left."""
    member = Member.objects.filter(pk=member_id, left_at=None, user__is_active=True).prefetch_related("teams").first()
    return replace(actor_of(member, request_id), origin=origin) if member else None


def list_organisations_of(user_id: uuid.UUID) -> QuerySet[Organisation]:
    """The organisations a person may switch to."""
    ids = Member.objects.filter(user_id=user_id, left_at=None).values("organisation_id")
    return Organisation.objects.filter(pk__in=ids).order_by("name")


def get_organisation(organisation_id: uuid.UUID) -> Organisation:
    """The organisation; DoesNotExist when there is none."""
    return Organisation.objects.get(pk=organisation_id)


def organisation_kind(actor: Actor) -> str:
    """What kind of organisation the actor acts in, asked once: menus and permissions put the question on each page."""
    return actor.once("accounts.organisation_kind", lambda: get_organisation(actor.organisation_id).kind)


def organisation_ids() -> list[uuid.UUID]:
    """Every organisation of the installation, for scheduled work."""
    return list(Organisation.objects.order_by("pk").values_list("pk", flat=True))


def has_organisations() -> bool:
    """False on an empty installation."""
    return Organisation.objects.exists()


def list_teams(actor: Actor, *, own_only: bool = False, with_closed: bool = False) -> QuerySet[Team]:
    """Teams of the organisation, active unless asked; with ``own_only``, those the actor belongs to."""
    teams = Team.objects.visible_to(actor)
    teams = teams if with_closed else teams.filter(is_active=True)
    return teams.filter(pk__in=actor.team_ids) if own_only else teams


def list_teams_with_size(actor: Actor) -> QuerySet[Team]:
    """Every team, the active first, with ``size``: how many present members it has."""
    present = Count("members", filter=Q(members__left_at=None))
    return list_teams(actor, with_closed=True).annotate(size=present).order_by("-is_active", "name")


def get_team(actor: Actor, team_id: uuid.UUID) -> Team:
    """A team of the actor's organisation; NotFound for any other."""
    return actor.in_batch(("accounts.team", team_id), lambda: _team(actor, team_id))


def _team(actor: Actor, team_id: uuid.UUID) -> Team:
    return get_one(Team.objects.visible_to(actor).filter(pk=team_id))


def is_anonymous_team(team_id: uuid.UUID) -> bool:
    """True when the team's job forbids identifying anyone (street work, specialised prevention)."""
    return Team.objects.filter(pk=team_id, job__in=ANONYMOUS_JOBS).exists()


def list_members(
    actor: Actor, *, team_ids: Iterable[uuid.UUID] | None = None, with_former: bool = False
) -> QuerySet[Member]:
    """Members of the organisation (present ones unless asked), of some teams if given, with their account."""
    members = Member.objects.visible_to(actor).select_related("user")
    members = members if with_former else members.filter(left_at=None)
    return members.filter(teams__in=list(team_ids)).distinct() if team_ids is not None else members


def get_member(actor: Actor, member_id: uuid.UUID) -> Member:
    """A member of the actor's organisation, present or gone; NotFound for any other."""
    return get_one(Member.objects.visible_to(actor).select_related("user").filter(pk=member_id))


@dataclass(frozen=True)
class MemberLine:
    """A member as a list shows it."""

    member: Member
    name: str
    roles: list[str]
    teams: list[str]
    is_present: bool


def member_lines(
    actor: Actor, *, role: str = "", team_id: uuid.UUID | None = None, former: bool = False
) -> list[MemberLine]:
    """Members by name, as ``MemberLine``: names are sealed, so they are sorted and filtered here.

    Two queries whatever the number; an organisation has hundreds of members, not millions.
    """
    teams = [team_id] if team_id else None
    members = list_members(actor, team_ids=teams, with_former=former).prefetch_related("teams")
    lines = [
        MemberLine(
            member,
            display_name(member),
            [Role(code).label for code in Role.values if code in member.roles],
            [team.name for team in member.teams.all()],
            member.left_at is None,
        )
        for member in members
        if (not role or role in member.roles) and (member.left_at is not None) == former
    ]
    return sorted(lines, key=lambda line: line.name.casefold())


def member_names(member_ids: Iterable[uuid.UUID]) -> dict[uuid.UUID, str]:
    """How to write each member: the name while present, the function once gone."""
    names = {}
    for member in Member.objects.filter(pk__in=set(member_ids)).select_related("user"):
        names[member.pk] = display_name(member)
    return names


def display_name(member: Member) -> str:
    """The name of a present member, the function of one who left."""
    if member.user is not None and member.left_at is None:
        return member.user.display_name
    functions = ", ".join(Role(code).label for code in member.roles) or "Membre"
    return f"{functions} {FORMER_MEMBER}"


def count_administrators(organisation_id: uuid.UUID) -> int:
    """Present administrators of an organisation."""
    return _count_holders(organisation_id, Role.ADMINISTRATEUR)


def has_dpo(organisation_id: uuid.UUID) -> bool:
    """Whether somebody present holds the role of data protection officer."""
    return _count_holders(organisation_id, Role.DPD) > 0


def _count_holders(organisation_id: uuid.UUID, role: str) -> int:
    """Roles are a list in the row, which SQLite cannot look into: an organisation has hundreds of members at most."""
    members = Member.objects.filter(organisation_id=organisation_id, left_at=None, user__is_active=True)
    return sum(role in roles for roles in members.values_list("roles", flat=True))


@dataclass(frozen=True)
class LooseEnds:
    """What an administrator has to settle, counted."""

    lapsed_invitations: int
    without_team: int
    empty_teams: int


def loose_ends(actor: Actor) -> LooseEnds:
    """Invitations that lapsed, mediators and coordinators without an open team, open teams without anyone."""
    unplaced = list_members(actor).exclude(teams__is_active=True).values_list("roles", flat=True)
    present = Member.objects.filter(teams=OuterRef("pk"), left_at=None)
    empty = list_teams(actor).filter(~Exists(present)).count()
    return LooseEnds(
        list_invitations(actor).filter(expires_at__lte=now()).count(),
        sum(1 for roles in unplaced if {Role.MEDIATEUR, Role.ENCADRANT} & set(roles)),
        empty,
    )


def list_invitations(actor: Actor) -> QuerySet[Invitation]:
    """Invitations that were neither used nor taken back, the newest first, expired ones too."""
    invitations = Invitation.objects.visible_to(actor).filter(accepted_at=None, revoked_at=None)
    return invitations.prefetch_related("teams").order_by("-created_at")


def get_invitation(actor: Actor, invitation_id: uuid.UUID) -> Invitation:
    """An open invitation of the actor's organisation; NotFound for any other."""
    return get_one(list_invitations(actor).filter(pk=invitation_id))


def is_expired(invitation: Invitation) -> bool:
    """True once the link has lapsed; sending it again gives seven more days."""
    return invitation.expires_at <= now()
