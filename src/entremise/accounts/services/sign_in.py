"""Signing in and out."""

from django.contrib.auth import authenticate
from django.db import transaction
from django.http import HttpRequest

from entremise.accounts.enums import Limit
from entremise.accounts.events import SignedIn, SignedOut, SignInLocked
from entremise.accounts.models import User, email_hash
from entremise.accounts.queries import actor_for, limited_until
from entremise.accounts.services import limits
from entremise.core.actor import Actor, system_actor
from entremise.journal.services import publish


def check_credentials(*, request: HttpRequest, email: str, password: str, client: str) -> User | None:
    """The account, or None for an unknown address, a wrong password, a closed account or a locked machine.

    Only the hash of the address reaches Django's signals, hence the table of lock-outs. An unknown
    address costs the same hashing time as a wrong password (Django's backend sees to it).
    """
    if limited_until(Limit.SIGN_IN, client) is not None:
        return None
    user = authenticate(request, email_hash=email_hash(email), password=password)
    if user is None:
        limits.count(Limit.SIGN_IN, client)
    return user


def record_sign_in(*, user: User, method: str, request_id: str = "") -> None:
    """``method``: ``password`` or ``proconnect``."""
    with transaction.atomic():
        publish(SignedIn(actor=_actor(user, request_id), target_id=user.pk, codes={"method": method}))


def record_sign_out(*, user: User, request_id: str = "") -> None:
    """The person closed this session."""
    with transaction.atomic():
        publish(SignedOut(actor=_actor(user, request_id), target_id=user.pk))


def record_lock(*, address_hash: str) -> None:
    """Too many wrong passwords on an account that exists; unknown addresses leave no trace here."""
    user = User.objects.filter(email_hash=address_hash).first()
    if user is not None:
        with transaction.atomic():
            publish(SignInLocked(actor=system_actor(origin="web"), target_id=user.pk))


def _actor(user: User, request_id: str) -> Actor:
    known = actor_for(user, None, request_id)
    return known or Actor(organisation_id=system_actor().organisation_id, user_id=user.pk, request_id=request_id)
