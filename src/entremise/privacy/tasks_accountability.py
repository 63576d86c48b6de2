"""Mails about breaches: a reference and an address of the product, never a word of what was typed."""

import uuid
from typing import Any

from django.conf import settings
from django.core.mail import send_mail
from django.template.loader import render_to_string
from django.urls import reverse

from entremise.core.tasks import task
from entremise.journal.events import subscribe
from entremise.privacy.events_accountability import BreachDeadlineNear, BreachReported
from entremise.privacy.models import Breach
from entremise.privacy.queries.breaches import clock_of
from entremise.privacy.queries.handlers import breach_handlers

SUBJECTS = {
    "reported": "Violation de données signalée",
    "near": "Violation de données : moins de 24 heures",
    "late": "Violation de données : délai de 72 heures dépassé",
}


@task()
def send_breach_notice(breach_id: str, reason: str) -> int:
    """Write to those who follow breaches; gives how many messages left."""
    breach = Breach.objects.filter(pk=uuid.UUID(breach_id)).first()
    if breach is None or not breach.is_open:
        return 0
    link = settings.BASE_URL + reverse("privacy:breach", args=[breach.pk])
    context = {
        "reference": breach.reference,
        "reason": reason,
        "deadline": breach.deadline,
        "clock": clock_of(breach).words,
        "link": link,
    }
    body = render_to_string("privacy/mail/breach.txt", context)
    subject = f"{settings.EMAIL_SUBJECT_PREFIX}{SUBJECTS[reason]} ({breach.reference})"
    addresses = [address for _, address in breach_handlers(breach.organisation_id)]
    for address in addresses:  # one each: recipients do not read one another's address
        send_mail(subject, body, settings.DEFAULT_FROM_EMAIL, [address])
    return len(addresses)


def _reported(event: BreachReported) -> None:
    send_breach_notice.enqueue(str(event.target_id), "reported")


def _near(event: BreachDeadlineNear) -> None:
    send_breach_notice.enqueue(str(event.target_id), "late" if event.codes["late"] else "near")


def subscribe_all() -> None:
    """Queue the message in the transaction of the report: neither outlives the other."""
    listeners: list[tuple[Any, Any]] = [(BreachReported, _reported), (BreachDeadlineNear, _near)]
    for event, handler in listeners:
        subscribe(event, handler)
