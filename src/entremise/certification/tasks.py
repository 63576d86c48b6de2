"""Mails of this module. Arguments are identifiers; what a link holds is computed here, where it leaves."""

import uuid

from django.conf import settings
from django.core.mail import EmailMessage, send_mail
from django.template.loader import render_to_string
from django.urls import reverse

from entremise.accounts.queries import get_member, get_organisation, member_actor
from entremise.certification.asked import sentence
from entremise.certification.calendar import calendar
from entremise.certification.models import Convocation, Survey
from entremise.certification.queries import convocations as calls
from entremise.certification.queries.called import may_leave
from entremise.certification.queries.surveys import check_of
from entremise.certification.services import convocations, notices, surveys
from entremise.core.actor import system_actor
from entremise.core.tasks import task
from entremise.core.time import now


@task()
def send_survey(survey_id: str) -> str:
    """Put the question to a holder, or put it again. The message names nobody and says nothing of a result."""
    survey = surveys.note_mail(uuid.UUID(survey_id))
    if survey is None:
        return "nothing_to_send"
    context = {
        "link": survey_address(survey),
        "organisation": survey.organisation.name,
        "answers_to": survey.organisation.contact_email,
        "until": survey.expires_at,
        "reminder": survey.mails > 1,
    }
    subject = f"{settings.EMAIL_SUBJECT_PREFIX}Deux questions sur votre situation"
    body = render_to_string("certification/mail/survey.txt", context)
    send_mail(subject, body, settings.DEFAULT_FROM_EMAIL, [survey.candidate.email])
    return "sent"


def survey_address(survey: Survey) -> str:
    """The link of a survey, to be sent to its holder alone."""
    return str(settings.BASE_URL) + reverse("certification:survey", args=[survey.pk, check_of(survey)])


def ask_holders() -> str:
    """What the clock runs: open the surveys that are due, queue links and reminders. One sentence for the operator."""
    opened = surveys.open_due_surveys()
    waiting = surveys.surveys_to_mail()
    for survey_id in waiting:
        send_survey.enqueue(str(survey_id))
    return f"{len(opened)} enquêtes d’insertion ouvertes, {len(waiting)} messages demandés"


@task()
def send_convocation(convocation_id: str) -> str:
    """Write to somebody: when and where they are awaited, or that they are no more. No names, no blocks.

    What leaves is what the ledger says, unless a later line of it speaks to the same person.
    """
    rows = Convocation.objects.select_related("session", "candidate", "seat__juror").filter(pk=convocation_id)
    found = rows.filter(mailed_at=None).first()
    if found is None or not may_leave(found):
        return "nothing_to_send"
    address, link = _whom(found)
    if not address:
        return "no_address"
    organisation = get_organisation(found.session.organisation_id)
    told, undone = (calls.appointments(rows, found.sequence) for rows in (found.told, found.undone))
    context = {
        "appointments": [sentence(one) for one in told or undone],
        "is_over": not told,
        "replaces": found.sequence > 0,
        "undoes": bool(undone),
        "for_jury": found.seat_id is not None,
        "link": link if told else "",
        "organisation": organisation.name,
        "answers_to": organisation.contact_email,
    }
    body = render_to_string("certification/mail/convocation.txt", context)
    quality = "Convocation annulée" if not told else "Convocation changée" if found.sequence else "Convocation"
    message = EmailMessage(f"{settings.EMAIL_SUBJECT_PREFIX}{quality} devant un jury", body, to=[address])
    for name, events, cancels in (("convocation", told, False), ("annulation", undone, True)):
        if events:
            file = calendar(events, now(), organizer=organisation.contact_email, cancels=cancels)
            message.attach(f"{name}.ics", file.decode(), "text/calendar")
    message.send()
    convocations.note_mailed(found.pk)
    return "sent"


@task()
def send_result(session_id: str, candidate_id: str, member_id: str) -> str:
    """Tell a candidate that their results are to be read; the message says none. ``member_id``: who asked for it."""
    actor = member_actor(uuid.UUID(member_id))
    if actor is None:
        return "nobody_asks"
    organisation = get_organisation(actor.organisation_id)
    context = {
        "link": settings.BASE_URL + reverse("certification:candidate", args=[candidate_id]),
        "organisation": organisation.name,
        "answers_to": organisation.contact_email,
    }
    body = render_to_string("certification/mail/result.txt", context)
    subject = f"{settings.EMAIL_SUBJECT_PREFIX}La décision d’un jury est à lire"
    told = {"session_id": uuid.UUID(session_id), "candidate_id": uuid.UUID(candidate_id)}
    left = notices.mail_result(
        actor=actor, **told, send=lambda address: send_mail(subject, body, settings.DEFAULT_FROM_EMAIL, [address])
    )
    return "sent" if left else "nothing_to_send"


def _whom(convocation: Convocation) -> tuple[str, str]:
    """The address, and where the whole convocation is read; no link for a candidate without an account."""
    if convocation.candidate is not None:
        candidate = convocation.candidate
        link = (
            settings.BASE_URL + reverse("certification:candidate", args=[candidate.pk]) if candidate.member_id else ""
        )
        return ("" if candidate.erased_at else candidate.email), link
    seat = convocation.seat
    if seat is None:
        return "", ""
    member = get_member(system_actor(convocation.session.organisation_id), seat.juror.member_id)
    link = settings.BASE_URL + reverse("certification:session", args=[convocation.session_id])
    return (member.user.email if member.user else ""), link
