"""Work that leaves the page: the message to an owner. Arguments are identifiers only."""

import uuid

from django.conf import settings
from django.core.mail import EmailMessage
from django.template.loader import render_to_string

from entremise.accounts.queries import choices_for, get_organisation
from entremise.core.actor import system_actor
from entremise.core.tasks import task
from entremise.places.queries import site_names
from entremise.presence import services
from entremise.presence.enums import DefectStatus
from entremise.presence.events import DefectAdvanced, DefectNoticeRequested, DefectReported
from entremise.presence.models import Defect


@task()
def send_defect_notice(defect_id: str, organisation_id: str) -> str:
    """Write to the owner of a defect, from its category and its place alone. Returns what was done (a code)."""
    actor = system_actor(uuid.UUID(organisation_id))
    defect = Defect.objects.filter(pk=defect_id, organisation_id=organisation_id).first()
    if defect is None or not defect.is_open:
        return "nothing_to_send"
    owner = services.owner_of(actor, defect.site_id, defect.category)
    if owner is None or not owner.email:
        return "no_address"
    notice(defect, owner.email).send()
    services.mark_notified(actor=actor, defect_id=defect.pk)
    return "sent"


def notice(defect: Defect, address: str) -> EmailMessage:
    """The message: category, place, day and reference. The free text of the team never leaves the team.

    The owner answers to the organisation's contact address; without one, the message says not to answer.
    """
    categories = choices_for(defect.organisation_id, "L21")["L21"]
    organisation = get_organisation(defect.organisation_id)
    reminder = defect.status == DefectStatus.RELANCE
    context = {
        "category": categories.label(defect.category),
        "place": site_names([defect.site_id]).get(defect.site_id, ""),
        "reported_at": defect.reported_at,
        "reference": defect.reference,
        "organisation": organisation.name,
        "answers_to": organisation.contact_email,
        "reminder": reminder,
    }
    subject = f"{'Rappel : ' if reminder else ''}signalement technique {defect.reference}, {context['category']}"
    body = render_to_string("presence/mail/defect.txt", context)
    answers_to = [organisation.contact_email] if organisation.contact_email else []
    return EmailMessage(f"{settings.EMAIL_SUBJECT_PREFIX}{subject}", body, to=[address], reply_to=answers_to)


def enqueue_notice(event: DefectReported | DefectNoticeRequested) -> None:
    """Queue the message in the transaction of the report: neither outlives the other."""
    send_defect_notice.enqueue(str(event.target_id), str(event.actor.organisation_id))


def enqueue_reminder(event: DefectAdvanced) -> None:
    """A reminder is a message too; the other steps write to nobody."""
    if event.codes["status"] == DefectStatus.RELANCE:
        send_defect_notice.enqueue(str(event.target_id), str(event.actor.organisation_id))
