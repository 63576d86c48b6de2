"""Invitations: the only way in."""

import secrets
import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta

from django.db import transaction

from entremise.accounts.enums import Closed, Limit, Role
from entremise.accounts.events import InvitationAccepted, InvitationPrepared, InvitationRevoked, InvitationSent
from entremise.accounts.models import Invitation, Member, User, email_hash
from entremise.accounts.queries import get_invitation, is_expired
from entremise.accounts.rules import Offer
from entremise.accounts.services import limits
from entremise.accounts.services.members import join, known_roles, known_teams, reopen_account
from entremise.accounts.services.passwords import check_password
from entremise.accounts.services.text import clean_email, clean_line
from entremise.core.actor import Actor
from entremise.core.errors import FORM, InvalidInput
from entremise.core.permissions import can, require
from entremise.core.time import now
from entremise.journal.services import publish
from entremise.keys.services import lookup_hash

VALIDITY = timedelta(days=7)
MEDIATOR_WITHOUT_TEAM = Offer.of([Role.MEDIATEUR], [])
CHOOSE_A_TEAM = "Choisissez au moins une de vos équipes : un médiateur note toujours au nom d’une équipe."


@dataclass(frozen=True)
class Found:
    """What a link leads to: an invitation that may be accepted, or why it may not."""

    invitation: Invitation | None
    closed: str = ""


def token_hash(token: str) -> str:
    """What is kept of a link."""
    return lookup_hash(token, "invitation")


@transaction.atomic
def invite(
    *, actor: Actor, email: str, roles: Iterable[str], team_ids: Iterable[uuid.UUID] = (), by_mail: bool = True
) -> Invitation:
    """Invite an address with roles and teams. The mail leaves by the work queue, which makes the link.

    Without ``by_mail`` nothing is sent: the caller makes the link and hands it over.
    """
    roles, team_ids = list(roles), list(team_ids)
    offer = Offer.of(roles, team_ids)
    if offer == MEDIATOR_WITHOUT_TEAM and not can(actor, "accounts.invite", offer):
        require(actor, "accounts.invite")  # an answer left out is no lack of right, but it gives none either
        raise InvalidInput({"teams": [CHOOSE_A_TEAM]})
    require(actor, "accounts.invite", offer)
    email, new_roles, teams = clean_email(email), known_roles(roles), known_teams(actor, team_ids)
    _refuse_if_known(actor, email)
    if limits.spend(Limit.INVITATION, str(actor.organisation_id)):
        raise InvalidInput({FORM: ["Beaucoup d’invitations viennent de partir : reprenez dans une heure."]})
    invitation = Invitation.objects.create(
        organisation_id=actor.organisation_id,
        email=email,
        email_hash=email_hash(email),
        roles=new_roles,
        invited_by_id=actor.member_id,
        expires_at=now() + VALIDITY,
    )
    invitation.teams.set(teams)
    event = InvitationSent if by_mail else InvitationPrepared
    publish(event(actor=actor, target_id=invitation.pk, codes={"roles": new_roles, "teams": len(teams)}))
    return invitation


def _refuse_if_known(actor: Actor, email: str) -> None:
    known = email_hash(email)
    if Member.objects.visible_to(actor).filter(user__email_hash=known, left_at=None).exists():
        raise InvalidInput({"email": ["Cette personne fait déjà partie de l’organisation."]})
    pending = Invitation.objects.visible_to(actor).filter(email_hash=known, accepted_at=None, revoked_at=None)
    if pending.exists():
        raise InvalidInput({"email": ["Une invitation attend déjà à cette adresse : renvoyez-la depuis la liste."]})


@transaction.atomic
def resend(*, actor: Actor, invitation_id: uuid.UUID) -> Invitation:
    """Seven more days and a new link; the former one no longer works."""
    invitation = get_invitation(actor, invitation_id)
    require(actor, "accounts.invite", _offer(invitation))
    if limits.spend(Limit.INVITATION, str(actor.organisation_id)):
        raise InvalidInput({FORM: ["Beaucoup d’invitations viennent de partir : reprenez dans une heure."]})
    invitation.expires_at, invitation.token_hash = now() + VALIDITY, None
    invitation.save()
    publish(InvitationSent(actor=actor, target_id=invitation.pk, codes={"again": True}))
    return invitation


@transaction.atomic
def revoke(*, actor: Actor, invitation_id: uuid.UUID) -> None:
    """Take an invitation back; its link closes and its address is erased."""
    invitation = get_invitation(actor, invitation_id)
    require(actor, "accounts.invite", _offer(invitation))
    _erase(invitation, revoked_at=now())
    publish(InvitationRevoked(actor=actor, target_id=invitation.pk))


def renew_link(*, invitation_id: uuid.UUID) -> tuple[Invitation, str] | None:
    """The invitation and a fresh secret for its link, or None when it was accepted or taken back meanwhile.

    Called where the link leaves (the mail task, the operator's command): the secret is kept nowhere else.
    """
    with transaction.atomic():
        waiting = Invitation.objects.select_for_update().filter(accepted_at=None, revoked_at=None)
        invitation = waiting.filter(pk=invitation_id).first()
        if invitation is None:
            return None
        token = secrets.token_urlsafe(32)
        invitation.token_hash, invitation.sent_at = token_hash(token), now()
        invitation.save()
    return invitation, token


def find(token: str) -> Found:
    """The invitation behind a link. A link that was replaced or altered is unknown."""
    rows = Invitation.objects.select_related("organisation").filter(token_hash=token_hash(token))
    invitation = rows.first()
    if invitation is None:
        return Found(None, Closed.UNKNOWN)
    if invitation.revoked_at is not None:
        return Found(None, Closed.REVOKED)
    if invitation.accepted_at is not None:
        return Found(None, Closed.USED)
    if is_expired(invitation):
        return Found(None, Closed.EXPIRED)
    return Found(invitation)


def has_open_account(invitation: Invitation) -> bool:
    """True when the invited address already signs in here: its owner signs in first, then joins."""
    return User.objects.filter(email_hash=invitation.email_hash, closed_at=None).exists()


def accept_with_new_account(*, token: str, display_name: str, password: str, request_id: str = "") -> Member:
    """Create (or reopen) the account of the invited address and join. InvalidInput says what to correct."""
    name = clean_line(display_name, field="display_name", name="votre nom", longest=80)
    with transaction.atomic():
        invitation = _locked(token)
        user = User.objects.by_email(invitation.email)
        if user is not None and user.closed_at is None:
            raise InvalidInput({FORM: ["Un compte existe à cette adresse : connectez-vous, puis rouvrez le lien."]})
        user = user or User(email=invitation.email)
        user.display_name = name
        check_password(user, password, field="new")
        actor = _newcomer(invitation, user, request_id)
        reopen_account(actor=actor, user=user, password=password, display_name=name)
        return _join(invitation, user, actor)


def accept_with_account(*, token: str, user: User, request_id: str = "") -> Member:
    """Join with the account one is signed in with."""
    with transaction.atomic():
        invitation = _locked(token)
        if Member.objects.filter(organisation_id=invitation.organisation_id, user=user, left_at=None).exists():
            raise InvalidInput({FORM: ["Vous faites déjà partie de cette organisation avec ce compte."]})
        return _join(invitation, user, _newcomer(invitation, user, request_id))


def _offer(invitation: Invitation) -> Offer:
    return Offer.of(invitation.roles, invitation.teams.values_list("pk", flat=True))


def _locked(token: str) -> Invitation:
    """The invitation, locked for the transaction so that two uses at once give one account."""
    if (found := find(token)).invitation is None:
        raise InvalidInput({FORM: [f"Cette invitation ne peut plus servir ({Closed(found.closed).label})."]})
    row = Invitation.objects.select_for_update().filter(pk=found.invitation.pk, accepted_at=None, revoked_at=None)
    invitation = row.first()
    if invitation is None:
        raise InvalidInput({FORM: ["Cette invitation vient de servir."]})
    return invitation


def _newcomer(invitation: Invitation, user: User, request_id: str) -> Actor:
    return Actor(organisation_id=invitation.organisation_id, user_id=user.pk, request_id=request_id)


def _join(invitation: Invitation, user: User, actor: Actor) -> Member:
    teams = list(invitation.teams.filter(is_active=True))
    member = join(actor=actor, user=user, roles=invitation.roles, teams=teams)
    _erase(invitation, accepted_at=now())
    publish(InvitationAccepted(actor=actor, target_id=invitation.pk))
    return member


def _erase(invitation: Invitation, **state: object) -> None:
    """Keep the row and the link's hash (it answers "already used"), not the address."""
    for name, value in state.items():
        setattr(invitation, name, value)
    invitation.email = ""
    invitation.save()
