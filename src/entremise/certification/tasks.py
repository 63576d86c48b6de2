"""Mails of this module. Arguments are identifiers; what a link holds is computed here, where it leaves."""

import uuid

from django.conf import settings
from django.core.mail import EmailMessage, send_mail
from django.template.loader import render_to_string
from django.urls import reverse

from entremise.accounts.queries import get_member, get_organisation
from entremise.certification.calendar import Appointment, calendar
from entremise.certification.enums import LIVING
from entremise.certification.models import Convocation, Survey
from entremise.certification.queries import convocations as calls
from entremise.certification.queries.sessions import SITS, seat_lines, sittings_of
from entremise.certification.queries.surveys import check_of
from entremise.certification.services import convocations, surveys
from entremise.core.actor import system_actor
from entremise.core.tasks import task
from entremise.core.time import local, now
from entremise.core.ui.formats import clock, long_date


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
    """Write to somebody awaited: when and where, with the appointment. No names, no blocks."""
    rows = Convocation.objects.select_related("session", "candidate", "seat__juror").filter(pk=convocation_id)
    found = rows.filter(mailed_at=None, session__state__in=LIVING).first()
    if found is None:
        return "nothing_to_send"
    address, link = _whom(found)
    appointments = _appointments(found)
    if not address or not appointments:
        return "no_address"
    organisation = get_organisation(found.session.organisation_id)
    context = {
        "appointments": [{"said": said(one)} for one in appointments],
        "for_jury": found.seat_id is not None,
        "link": link,
        "organisation": organisation.name,
        "answers_to": organisation.contact_email,
    }
    body = render_to_string("certification/mail/convocation.txt", context)
    subject = f"{settings.EMAIL_SUBJECT_PREFIX}Convocation devant un jury"
    message = EmailMessage(subject, body, to=[address])
    message.attach("convocation.ics", calendar(appointments, now()).decode(), "text/calendar")
    message.send()
    convocations.note_mailed(found.pk)
    return "sent"


def said(one: Appointment) -> str:
    """An appointment in one line: its day, its hour when it has one, its place."""
    if hasattr(one.starts, "hour"):
        return f"- le {long_date(local(one.starts))} à {clock(local(one.starts))}, {one.place}"  # type: ignore[arg-type]
    days = f"du {long_date(one.starts)} au {long_date(one.ends)}"
    return f"- {days if one.starts != one.ends else f'le {long_date(one.starts)}'}, {one.place}"


def _whom(convocation: Convocation) -> tuple[str, str]:
    """The address, and where the whole convocation is read; no link for a candidate without an account."""
    if convocation.candidate is not None:
        candidate = convocation.candidate
        link = (
            settings.BASE_URL + reverse("certification:candidate", args=[candidate.pk]) if candidate.member_id else ""
        )
        return ("" if candidate.erased_at else candidate.email), link
    seat = convocation.seat
    if seat is None or seat.state not in SITS:
        return "", ""
    member = get_member(system_actor(convocation.session.organisation_id), seat.juror.member_id)
    link = settings.BASE_URL + reverse("certification:session", args=[convocation.session_id])
    return (member.user.email if member.user else ""), link


def _appointments(convocation: Convocation) -> list[Appointment]:
    session = convocation.session
    if convocation.seat_id is not None:
        lines = [line for line in seat_lines(session) if line.seat.pk == convocation.seat_id]
        return calls.juror_appointments(session, lines[0])
    sittings = [one for one in sittings_of(session) if one.candidate_id == convocation.candidate_id]
    return calls.candidate_appointments(session, sittings) if sittings else []
