"""Insertion surveys: who is asked and when, what they answer, by their link or on the telephone, what is published."""

import datetime as dt
import json
import uuid
from collections.abc import Sequence
from typing import Any

from django.db import transaction
from django.db.models import Exists, OuterRef

from entremise.certification.commands import AnswerFacts
from entremise.certification.enums import WAVE_MONTHS, CertificateKind, Channel, Situation, SurveyState, Wave
from entremise.certification.events import FiguresPublished, SurveyMoved
from entremise.certification.models import Certificate, PromotionFigures, Survey
from entremise.certification.queries import surveys as queries
from entremise.core.actor import Actor, system_actor
from entremise.core.errors import FORM, InvalidInput, NotFound
from entremise.core.permissions import require
from entremise.core.time import now, today
from entremise.journal.services import publish
from entremise.privacy.deadlines import add_months

LINK_LIVES = dt.timedelta(days=60)
BETWEEN_MAILS = dt.timedelta(days=15)
MOST_MAILS = 3  # the link, then two reminders
TOO_LATE = dt.timedelta(days=180)  # a wave this far gone is not asked any more: it would not say what was then


@transaction.atomic
def open_due_surveys() -> list[Survey]:
    """Ask every holder whose six months or two years have come, once each. Gives the surveys opened now."""
    opened = []
    for wave, months in WAVE_MONTHS.items():
        latest, earliest = add_months(today(), -months), add_months(today() - TOO_LATE, -months)
        rows = Certificate.objects.filter(
            kind=CertificateKind.FULL, revoked_at=None, acquired_on__lte=latest, acquired_on__gte=earliest
        )
        asked = Survey.objects.filter(
            candidate_id=OuterRef("candidate_id"), record_code=OuterRef("record_code"), wave=wave
        )
        for one in rows.filter(~Exists(asked), candidate__erased_at=None).order_by("pk"):
            opened.append(_open(one, wave, add_months(one.acquired_on, months)))
    return opened


def _open(certificate: Certificate, wave: Wave, due_on: dt.date) -> Survey:
    survey = Survey.objects.create(
        organisation_id=certificate.organisation_id,
        candidate_id=certificate.candidate_id,
        record_code=certificate.record_code,
        year=certificate.acquired_on.year,
        wave=wave,
        due_on=due_on,
        expires_at=now() + LINK_LIVES,
    )
    _told(system_actor(survey.organisation_id), survey, "opened")
    return survey


def surveys_to_mail() -> list[uuid.UUID]:
    """Whose link, or reminder, is to be sent now: never to who answered, declined, or lets the link lapse."""
    rows = Survey.objects.filter(
        answered_at=None, declined_at=None, revoked_at=None, expires_at__gt=now(), mails__lt=MOST_MAILS
    )
    due = (
        rows.exclude(mailed_at__gt=now() - BETWEEN_MAILS).filter(candidate__erased_at=None).exclude(candidate__email="")
    )
    return list(due.order_by("due_on", "pk").values_list("pk", flat=True))


@transaction.atomic
def note_mail(survey_id: uuid.UUID) -> Survey | None:
    """The link leaves now; None when there is nothing to send any more, or nowhere to send it."""
    rows = Survey.objects.select_for_update(of=("self",)).select_related("candidate", "organisation")
    survey = rows.filter(pk=survey_id, candidate__erased_at=None).first()
    if survey is None or survey.state != SurveyState.WAITING or not survey.candidate.email:
        return None
    if survey.mailed_at and survey.mailed_at > now() - BETWEEN_MAILS:
        return None
    survey.mailed_at, survey.mails = now(), survey.mails + 1
    survey.save(update_fields=["mailed_at", "mails"])
    _told(system_actor(survey.organisation_id), survey, "mailed")
    return survey


@transaction.atomic
def answer_by_link(*, survey_id: uuid.UUID, check: str, facts: AnswerFacts) -> Survey:
    """A holder answers behind their link, once."""
    survey = _behind(survey_id, check)
    return _answer(system_actor(survey.organisation_id, "link"), survey, facts, Channel.LINK)


@transaction.atomic
def decline_by_link(*, survey_id: uuid.UUID, check: str) -> Survey:
    """A holder asks to be left in peace: no reminder, no call."""
    survey = _behind(survey_id, check)
    return _decline(system_actor(survey.organisation_id, "link"), survey)


@transaction.atomic
def answer_by_phone(*, actor: Actor, survey_id: uuid.UUID, facts: AnswerFacts) -> Survey:
    """The certifier's person writes what the holder says, whatever became of the link."""
    return _answer(actor, _held(actor, survey_id), facts, Channel.PHONE)


@transaction.atomic
def decline_by_phone(*, actor: Actor, survey_id: uuid.UUID) -> Survey:
    """The holder says on the telephone that they will not answer."""
    return _decline(actor, _held(actor, survey_id))


@transaction.atomic
def renew_link(*, actor: Actor, survey_id: uuid.UUID) -> Survey:
    """Another link for sixty days; the former opens nothing any more."""
    survey = _held(actor, survey_id)
    _require_open(survey)
    survey.issue += 1
    survey.revoked_at = survey.mailed_at = None
    survey.mails, survey.expires_at = 0, now() + LINK_LIVES
    survey.save(update_fields=["issue", "revoked_at", "mailed_at", "mails", "expires_at"])
    _told(actor, survey, "renewed")
    return survey


@transaction.atomic
def revoke_link(*, actor: Actor, survey_id: uuid.UUID) -> Survey:
    """Close a link at once: sent to a wrong address, or the holder asks it."""
    survey = _held(actor, survey_id)
    _require_open(survey)
    survey.revoked_at = survey.revoked_at or now()
    survey.save(update_fields=["revoked_at"])
    _told(actor, survey, "closed")
    return survey


@transaction.atomic
def reopen_survey(*, actor: Actor, survey_id: uuid.UUID) -> Survey:
    """Take back an answer noted by mistake, or a refusal: the question can be put again."""
    survey = _held(actor, survey_id)
    if survey.state not in (SurveyState.ANSWERED, SurveyState.DECLINED):
        raise InvalidInput({FORM: ["Cette enquête n’a pas de réponse à reprendre."]})
    survey.answered_at = survey.declined_at = None
    survey.channel = survey.answer = ""
    survey.save(update_fields=["answered_at", "declined_at", "channel", "answer"])
    _told(actor, survey, "reopened")
    return survey


@transaction.atomic
def publish_figures(*, actor: Actor, record_code: str, year: int, wave: str) -> PromotionFigures:
    """Write a wave of a promotion as it is counted now, in place of what was published before."""
    require(actor, "certification.manage")
    asked = Survey.objects.visible_to(actor).filter(record_code=record_code, year=year, wave=wave)
    surveys = list(asked.filter(candidate__erased_at=None))
    if queries.is_forgotten(surveys):
        raise InvalidInput({FORM: ["Des réponses sont déjà effacées : ce qui est publié reste, tel qu’il fut compté."]})
    if not any(one.answer for one in surveys):
        raise InvalidInput({FORM: ["Personne n’a encore répondu : il n’y a rien à publier."]})
    return _freeze(actor, surveys)


@transaction.atomic
def forget_answers(survey_ids: Sequence[uuid.UUID]) -> int:
    """The answers go, the counts stay: a wave never published is published first. Harmless when run twice."""
    left = list(Survey.objects.filter(pk__in=survey_ids).exclude(answer=""))
    for key in {(one.organisation_id, one.record_code, one.year, one.wave) for one in left}:
        told = dict(zip(("organisation_id", "record_code", "year", "wave"), key, strict=True))
        if not PromotionFigures.objects.filter(**told).exists():
            _freeze(system_actor(key[0]), list(Survey.objects.filter(**told, candidate__erased_at=None)))
    return Survey.objects.filter(pk__in=[one.pk for one in left]).update(answer="")


def _freeze(actor: Actor, surveys: Sequence[Survey]) -> PromotionFigures:
    first, counted = surveys[0], vars(queries.counted_of(surveys))
    told: dict[str, Any] = {"organisation_id": first.organisation_id, "record_code": first.record_code}
    told |= {"year": first.year, "wave": first.wave}
    figures, _ = PromotionFigures.objects.update_or_create(**told, defaults=counted | {"published_at": now()})
    publish(
        FiguresPublished(actor=actor, target_id=figures.pk, codes={"year": first.year, "wave": first.wave} | counted)
    )
    return figures


def _answer(actor: Actor, survey: Survey, facts: AnswerFacts, channel: Channel) -> Survey:
    if survey.answered_at is not None:
        raise InvalidInput({FORM: ["Cette enquête a déjà sa réponse. Elle ne compte qu’une fois."]})
    works = facts.situation == Situation.EMPLOYED
    errors = {}
    if facts.situation not in Situation.values:
        errors["situation"] = ["Choisissez une réponse."]
    if works and facts.in_target_job not in ("yes", "no"):
        errors["in_target_job"] = ["Dites si c’est un emploi que vise la certification."]
    if errors:
        raise InvalidInput(errors)
    told = {"in_target_job": works and facts.in_target_job == "yes", "situation": facts.situation}
    survey.answer, survey.answered_at, survey.channel = json.dumps(told, sort_keys=True), now(), channel
    survey.declined_at = None
    survey.save(update_fields=["answer", "answered_at", "channel", "declined_at"])
    _told(actor, survey, "answered", channel=str(channel))
    return survey


def _decline(actor: Actor, survey: Survey) -> Survey:
    _require_open(survey)
    survey.declined_at = now()
    survey.save(update_fields=["declined_at"])
    _told(actor, survey, "declined")
    return survey


def _behind(survey_id: uuid.UUID, check: str) -> Survey:
    """The survey of a link, locked, while the link opens; NotFound otherwise."""
    found = queries.survey_behind(survey_id, check)
    survey = Survey.objects.select_for_update().get(pk=found.pk)
    if survey.state in (SurveyState.CLOSED, SurveyState.EXPIRED, SurveyState.DECLINED):
        raise NotFound("survey")
    return survey


def _held(actor: Actor, survey_id: uuid.UUID) -> Survey:
    found = queries.get_survey(actor, survey_id)
    return Survey.objects.select_for_update().get(pk=found.pk)


def _require_open(survey: Survey) -> None:
    if survey.state in (SurveyState.ANSWERED, SurveyState.DECLINED):
        raise InvalidInput({FORM: ["Cette personne a déjà répondu, ou ne le souhaite pas."]})


def _told(actor: Actor, survey: Survey, what: str, **codes: str) -> None:
    told = {"what": what, "wave": str(survey.wave)} | codes
    publish(SurveyMoved(actor=actor, target_id=survey.pk, codes=told))
