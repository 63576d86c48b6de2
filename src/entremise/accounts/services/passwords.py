"""Passwords: checked, changed, asked anew by mail."""

from django.contrib.auth.password_validation import validate_password
from django.contrib.auth.tokens import default_token_generator
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.encoding import force_bytes
from django.utils.http import urlsafe_base64_decode, urlsafe_base64_encode

from entremise.accounts.enums import Limit, NewWayIn
from entremise.accounts.events import PasswordChanged, PasswordResetRequested
from entremise.accounts.models import User, email_hash
from entremise.accounts.services import limits
from entremise.accounts.services.confidences import close_confidences
from entremise.accounts.services.sessions import close_every_session, close_other_sessions
from entremise.core.actor import Actor, system_actor
from entremise.core.errors import InvalidInput
from entremise.journal.services import publish


def check_password(user: User, password: str, *, field: str = "password") -> None:
    """InvalidInput with every rule the password breaks (length, common, too like the name or address)."""
    try:
        validate_password(password, user)
    except ValidationError as error:
        raise InvalidInput({field: list(error.messages)})


def confirm_identity(*, actor: Actor, user: User, password: str, field: str = "password") -> None:
    """The owner's password, asked again before something that matters; tries are limited."""
    until = limits.spend(Limit.PASSWORD_CHECK, str(user.pk))
    if until is not None:
        raise InvalidInput({field: ["Trop d’essais : attendez un quart d’heure, puis recommencez."]})
    if not user.check_password(password):
        raise InvalidInput({field: ["Ce n’est pas votre mot de passe actuel."]})
    limits.clear(Limit.PASSWORD_CHECK, str(user.pk))


def change_password(*, actor: Actor, user: User, current: str, new: str, session_key: str | None) -> None:
    """A new password chosen by its owner; the other sessions close."""
    confirm_identity(actor=actor, user=user, password=current, field="current")
    check_password(user, new, field="new")
    with transaction.atomic():
        user.put_password(new)
        user.save()
        close_other_sessions(actor=actor, user=user, current_key=session_key)
        publish(PasswordChanged(actor=actor, target_id=user.pk))


def request_reset(*, email: str, client: str, request_id: str = "") -> None:
    """Ask for a link by mail. Says nothing: neither whether the account exists nor whether a limit was met."""
    if limits.spend(Limit.PASSWORD_RESET_CLIENT, client) or limits.spend(Limit.PASSWORD_RESET, email_hash(email)):
        return
    user = User.objects.by_email(email)
    if user is None or not user.is_active:
        return
    with transaction.atomic():
        publish(PasswordResetRequested(actor=_owner(user, request_id), target_id=user.pk))


def reset_link_parts(user: User) -> tuple[str, str]:
    """What the mailed link is made of: who, and a signed token that a new password or a sign-in voids."""
    return urlsafe_base64_encode(force_bytes(user.pk)), default_token_generator.make_token(user)


def user_of_reset_link(who: str, token: str) -> User | None:
    """The account a reset link opens, or None when it is altered, used or older than the limit (one hour)."""
    try:
        identifier = urlsafe_base64_decode(who).decode()
        user = User.objects.filter(pk=identifier, is_active=True).first()
    except (ValueError, UnicodeDecodeError, ValidationError):
        return None
    return user if user is not None and default_token_generator.check_token(user, token) else None


def reset_password(*, who: str, token: str, new: str, request_id: str = "") -> User | None:
    """Set the password behind a link and close every session; None when the link no longer opens."""
    user = user_of_reset_link(who, token)
    if user is None:
        return None
    check_password(user, new, field="new")
    actor = _owner(user, request_id)
    with transaction.atomic():
        user.put_password(new)
        user.save()
        close_every_session(actor=actor, user=user)
        close_confidences(actor=actor, user=user, by=NewWayIn.LINK)
        publish(PasswordChanged(actor=actor, target_id=user.pk, codes={"by": "link"}))
    return user


def _owner(user: User, request_id: str) -> Actor:
    """The owner, acting from outside any organisation."""
    nobody = system_actor()
    return Actor(organisation_id=nobody.organisation_id, user_id=user.pk, request_id=request_id)
