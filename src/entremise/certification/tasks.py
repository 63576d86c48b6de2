"""Mails of this module. Arguments are identifiers; what a link holds is computed here, where it leaves."""

import uuid

from django.conf import settings
from django.core.mail import send_mail
from django.template.loader import render_to_string
from django.urls import reverse

from entremise.certification.models import Survey
from entremise.certification.queries.surveys import check_of
from entremise.certification.services import surveys
from entremise.core.tasks import task


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
