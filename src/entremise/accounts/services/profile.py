"""One's own account: name and address."""

import secrets
import uuid
from datetime import timedelta

from django.db import transaction

from entremise.accounts.enums import Limit
from entremise.accounts.events import EmailChanged, EmailChangeRequested, ProfileChanged
from entremise.accounts.models import User, email_hash
from entremise.accounts.services import limits
from entremise.accounts.services.passwords import confirm_identity
from entremise.accounts.services.text import clean_email, clean_line
from entremise.core.actor import Actor
from entremise.core.crypto import fingerprint
from entremise.core.errors import InvalidInput
from entremise.core.time import now
from entremise.journal.services import publish
from entremise.keys.services import INSTALLATION, lookup_hash

VALIDITY = timedelta(hours=24)
TAKEN = "Cette adresse ne peut pas être utilisée : choisissez-en une autre."


@transaction.atomic
def change_name(*, actor: Actor, user: User, display_name: str) -> None:
    """How colleagues read one's name."""
    name = clean_line(display_name, field="display_name", name="votre nom", longest=80)
    before = user.display_name
    user.display_name = name
    user.save()
    marks = (fingerprint(INSTALLATION, before, "journal"), fingerprint(INSTALLATION, name, "journal"))
    publish(ProfileChanged(actor=actor, target_id=user.pk, changes={"display_name": marks}))


def request_email_change(*, actor: Actor, user: User, email: str, password: str) -> None:
    """Ask for another address: a link goes there, and nothing changes until it is opened."""
    email = clean_email(email)
    confirm_identity(actor=actor, user=user, password=password)
    if limits.spend(Limit.EMAIL_CHANGE, str(user.pk)):
        raise InvalidInput({"email": ["Plusieurs changements viennent d’être demandés : recommencez dans une heure."]})
    if User.objects.filter(email_hash=email_hash(email)).exists():
        raise InvalidInput({"email": [TAKEN]})
    with transaction.atomic():
        user.new_email, user.new_email_token, user.new_email_until = email, "", now() + VALIDITY
        user.save()
        publish(EmailChangeRequested(actor=actor, target_id=user.pk))


def renew_email_link(user: User) -> str | None:
    """A fresh secret for the confirmation link, made where it leaves; None when nothing waits."""
    if not user.new_email:
        return None
    token = secrets.token_urlsafe(32)
    user.new_email_token = lookup_hash(token, "email-change")
    user.save()
    return token


def hold_account(user_id: uuid.UUID) -> None:
    """Let one transaction at a time write what is this person's own: a second click waits for the first."""
    User.objects.select_for_update(no_key=True).only("pk").get(pk=user_id)


def is_email_link(user: User, token: str) -> bool:
    """True when the link is the one that waits on this account, and has not lapsed."""
    if not user.new_email or user.new_email_until is None or user.new_email_until <= now():
        return False
    return secrets.compare_digest(user.new_email_token, lookup_hash(token, "email-change"))


@transaction.atomic
def confirm_email(*, actor: Actor, user: User, token: str) -> bool:
    """Take the new address; False when the link does not open or the address was taken meanwhile."""
    user = User.objects.select_for_update().get(pk=user.pk)
    if not is_email_link(user, token) or User.objects.filter(email_hash=email_hash(user.new_email)).exists():
        return False
    marks = (fingerprint(INSTALLATION, user.email, "journal"), fingerprint(INSTALLATION, user.new_email, "journal"))
    user.email, user.new_email, user.new_email_token, user.new_email_until = user.new_email, "", "", None
    user.save()
    publish(EmailChanged(actor=actor, target_id=user.pk, changes={"email": marks}))
    return True
