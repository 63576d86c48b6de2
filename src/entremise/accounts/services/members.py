"""Members of an organisation: joining, changing, leaving."""

import uuid
from collections.abc import Iterable

from django.db import transaction

from entremise.accounts.enums import NewWayIn, Role
from entremise.accounts.events import AccountClosed, AccountOpened, MemberChanged, MemberJoined, MemberLeft
from entremise.accounts.models import Member, RecoveryCode, SecondFactor, Team, User
from entremise.accounts.queries import count_administrators, get_member
from entremise.accounts.services.confidences import close_confidences
from entremise.accounts.services.sessions import close_every_session
from entremise.core.actor import Actor
from entremise.core.errors import FORM, InvalidInput
from entremise.core.permissions import require
from entremise.core.time import now
from entremise.journal.services import publish

LAST_ADMINISTRATOR = (
    "C’est le seul administrateur de l’organisation : donnez d’abord ce rôle à une autre personne, "
    "sinon plus personne ne pourrait inviter ni fermer de compte."
)


def get_or_create_user(*, email: str, display_name: str) -> User:
    """The account of an address; a new one has no usable password until its owner chooses one."""
    user = User.objects.by_email(email)
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
    require(actor, "accounts.manage_members")
    return join(actor=actor, user=user, roles=known_roles(roles), teams=known_teams(actor, team_ids))


def join(*, actor: Actor, user: User, roles: list[str], teams: list[Team]) -> Member:
    """The membership itself, new or taken up again; the callers (setup, invitation) checked the right to it."""
    member = Member.objects.filter(organisation_id=actor.organisation_id, user=user).first()
    member = member or Member(organisation_id=actor.organisation_id, user=user)
    member.roles, member.left_at = roles, None
    member.save()
    member.teams.set(teams)
    publish(MemberJoined(actor=actor, target_id=member.pk, codes={"roles": roles, "teams": len(teams)}))
    return member


@transaction.atomic
def change_member(*, actor: Actor, member_id: uuid.UUID, roles: Iterable[str], team_ids: Iterable[uuid.UUID]) -> Member:
    """Give a present member these roles and teams. Nobody changes their own roles."""
    require(actor, "accounts.manage_members")
    member = get_member(actor, member_id)
    if member.left_at is not None:
        raise InvalidInput({FORM: ["Cette personne a quitté l’organisation : invitez-la de nouveau."]})
    new_roles, teams = known_roles(roles), known_teams(actor, team_ids)
    if member.pk == actor.member_id and set(new_roles) != set(member.roles):
        raise InvalidInput({"roles": ["Vos propres rôles se changent par un autre administrateur."]})
    if Role.ADMINISTRATEUR in member.roles and Role.ADMINISTRATEUR not in new_roles:
        _keep_an_administrator(member, "roles")
    codes = {"roles": [member.roles, new_roles], "teams": len(teams)}
    member.roles = new_roles
    member.save()
    member.teams.set(teams)
    publish(MemberChanged(actor=actor, target_id=member.pk, codes=codes))
    return member


@transaction.atomic
def end_membership(*, actor: Actor, member_id: uuid.UUID) -> Member:
    """A departure: sessions close at once, the account too when no other organisation remains.

    The row of the member stays, so that acts keep their author's function.
    """
    member = get_member(actor, member_id)
    require(actor, "accounts.end_membership", member)
    if member.left_at is not None:
        return member
    if Role.ADMINISTRATEUR in member.roles:
        _keep_an_administrator(member, FORM)
    member.left_at = now()
    member.save()
    publish(MemberLeft(actor=actor, target_id=member.pk, codes={"account": str(member.user_id or "")}))
    if member.user is not None:
        close_every_session(actor=actor, user=member.user)
        if not Member.objects.filter(user=member.user, left_at=None).exists():
            _close_account(actor, member.user)
    return member


@transaction.atomic
def reopen_account(*, actor: Actor, user: User, password: str, display_name: str) -> None:
    """Give an account its owner's name and password: a new one, or one that had closed."""
    had_closed = user.closed_at is not None
    user.display_name, user.is_active, user.closed_at = display_name, True, None
    user.put_password(password)
    user.save()
    if had_closed:
        close_confidences(actor=actor, user=user, by=NewWayIn.REOPENED)
    publish(AccountOpened(actor=actor, target_id=user.pk))


def _close_account(actor: Actor, user: User) -> None:
    user.is_active, user.closed_at, user.proconnect_hash = False, now(), ""
    user.set_unusable_password()
    user.save()
    SecondFactor.objects.filter(user=user).delete()
    RecoveryCode.objects.filter(user=user).delete()
    publish(AccountClosed(actor=actor, target_id=user.pk))


def _keep_an_administrator(member: Member, field: str) -> None:
    if member.user is not None and member.user.is_active and count_administrators(member.organisation_id) <= 1:
        raise InvalidInput({field: [LAST_ADMINISTRATOR]})


def known_roles(roles: Iterable[str]) -> list[str]:
    """The roles, sorted and checked; InvalidInput when none or unknown."""
    found = sorted({str(role) for role in roles})
    if not found or not set(found) <= set(Role.values):
        raise InvalidInput({"roles": ["Choisissez au moins un rôle."]})
    return found


def known_teams(actor: Actor, team_ids: Iterable[uuid.UUID]) -> list[Team]:
    """Open teams of the actor's organisation; InvalidInput when one is not."""
    asked = set(team_ids)
    found: list[Team] = list(Team.objects.visible_to(actor).filter(pk__in=asked, is_active=True))
    if len(found) != len(asked):
        raise InvalidInput({"teams": ["Choisissez des équipes ouvertes de votre organisation."]})
    return found
