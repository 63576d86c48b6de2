"""Mails of accounts. Arguments are identifiers; the secret of a link is drawn here, where it leaves."""

import uuid
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.core.mail import send_mail
from django.template.loader import render_to_string
from django.urls import reverse

from entremise.accounts.events import (
    EmailChanged,
    EmailChangeRequested,
    InvitationSent,
    PasswordChanged,
    PasswordResetRequested,
    SecondFactorDisabled,
    SecondFactorEnabled,
)
from entremise.accounts.models import User
from entremise.accounts.services import invitations, passwords, profile
from entremise.core.tasks import task
from entremise.journal.events import Event, subscribe

# What may be told to the owner of an account, one sentence each; never who, where, or from which machine.
NOTICES = {
    "password": "Le mot de passe de votre compte vient d’être changé.",
    "second_factor_on": "Le second facteur vient d’être mis en place sur votre compte.",
    "second_factor_off": "Le second facteur vient d’être retiré de votre compte.",
    "email": "L’adresse électronique de votre compte vient d’être changée.",
}


def _send(address: str, subject: str, template: str, **context: object) -> None:
    body = render_to_string(template, context)
    send_mail(settings.EMAIL_SUBJECT_PREFIX + subject, body, settings.DEFAULT_FROM_EMAIL, [address])


def _address(name: str, *args: str) -> str:
    return settings.BASE_URL + reverse(name, args=args)


@task()
def send_invitation(invitation_id: str) -> None:
    """The link that lets someone in, with the organisation's name and nothing about anyone."""
    found = invitations.renew_link(invitation_id=uuid.UUID(invitation_id))
    if found is None:
        return
    invitation, token = found
    link = _address("accounts:invitation", token)
    context = {"organisation": invitation.organisation.name, "link": link, "until": invitation.expires_at}
    _send(invitation.email, "Votre invitation", "accounts/mail/invitation.txt", **context)


@task()
def send_password_reset(user_id: str) -> None:
    """The link that lets the owner choose a new password."""
    user = User.objects.filter(pk=user_id, is_active=True).first()
    if user is not None:
        link = _address("accounts:password_reset_link", *passwords.reset_link_parts(user))
        _send(user.email, "Nouveau mot de passe", "accounts/mail/password_reset.txt", link=link)


@task()
def send_email_confirmation(user_id: str) -> None:
    """The link that confirms a new address, sent to that address."""
    user = User.objects.filter(pk=user_id, is_active=True).first()
    token = profile.renew_email_link(user) if user is not None else None
    if user is not None and token is not None:
        _send(
            user.new_email,
            "Confirmez votre adresse",
            "accounts/mail/email_change.txt",
            link=_address("accounts:email_link", token),
        )


@task()
def send_notice(user_id: str, notice: str) -> None:
    """Tell the owner that the account's keys changed, in case it was not them."""
    user = User.objects.filter(pk=user_id, is_active=True).first()
    if user is not None:
        _send(user.email, "Votre compte a changé", "accounts/mail/notice.txt", sentence=NOTICES[notice])


def subscribe_all() -> None:
    """Services publish, mails follow: called once, when the applications are ready."""
    subscribe(InvitationSent, _queue(send_invitation))
    subscribe(PasswordResetRequested, _queue(send_password_reset))
    subscribe(EmailChangeRequested, _queue(send_email_confirmation))
    subscribe(PasswordChanged, _queue(send_notice, "password"))
    subscribe(SecondFactorEnabled, _queue(send_notice, "second_factor_on"))
    subscribe(SecondFactorDisabled, _queue(send_notice, "second_factor_off"))
    subscribe(EmailChanged, _queue(send_notice, "email"))


def _queue(mail: Any, *args: str) -> Callable[[Event], None]:
    """A subscriber that queues a mail about the event's target, in the same transaction."""

    def enqueue(event: Event) -> None:
        mail.enqueue(str(event.target_id), *args)

    return enqueue
