"""Insertion: the table of promotions, whom to ask, the telephone, and the page behind a link. Parse, call, render."""

import uuid
from functools import partial
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from entremise.certification.enums import SurveyState
from entremise.certification.forms.surveys import AnswerForm
from entremise.certification.queries import surveys as queries
from entremise.certification.queries.certifier import record_of
from entremise.certification.services import surveys as services
from entremise.certification.tasks import send_survey
from entremise.competences.queries import printed_figures
from entremise.core.errors import NotFound
from entremise.core.http import Request
from entremise.core.permissions import require
from entremise.core.ui.saving import act, posted, saved

PROMOTION = "certification:promotion"


@require_safe
def promotions(request: Request) -> HttpResponse:
    """The record's table, made from the answers, with the counts beside each rate."""
    require(request.actor, "certification.manage")
    record = record_of(request.actor)
    found = queries.promotions(request.actor, record.code)
    context = {"record": record, "promotions": found, "printed": printed_figures(record.code)}
    return render(request, "certification/insertion.html", context)


@require_safe
def promotion(request: Request, year: int) -> HttpResponse:
    """Whom to ask in a promotion, and where each question stands; never what anybody answered."""
    surveys = queries.surveys_of(request.actor, record_of(request.actor).code, year)
    return render(request, "certification/promotion.html", {"year": year, "surveys": surveys})


@require_POST
def publish(request: Request, year: int) -> HttpResponse:
    """Write a wave as it is counted now."""
    require(request.actor, "certification.manage")
    told: dict[str, Any] = {"actor": request.actor, "record_code": record_of(request.actor).code, "year": year}
    wave = request.POST.get("wave", "")
    done = "Ces chiffres sont publiés. Ils restent, même quand les réponses seront effacées."
    return act(request, lambda: services.publish_figures(wave=wave, **told), done, "certification:insertion")


@require_http_methods(["GET", "POST"])
def phone(request: Request, survey_id: uuid.UUID) -> HttpResponse:
    """The certifier's person asks the two questions on the telephone."""
    found = queries.get_survey(request.actor, survey_id)
    form = AnswerForm(posted(request))
    told: dict[str, Any] = {"actor": request.actor, "survey_id": found.pk}
    if "decline" in request.POST:
        decline = partial(services.decline_by_phone, **told)
        return act(request, decline, "C’est noté : plus aucun message.", PROMOTION, found.year)
    if saved(form, lambda: services.answer_by_phone(facts=form.facts(), **told)):
        messages.success(request, "La réponse est enregistrée. Elle sera comptée, et ne se relit pas.")
        return redirect(PROMOTION, found.year)
    context = {"form": form, "survey": found, "by_phone": True}
    return render(request, "certification/survey_phone.html", context, status=422 if form.errors else 200)


@require_POST
def link(request: Request, survey_id: uuid.UUID) -> HttpResponse:
    """Send another link, or close the one that was sent."""
    found = queries.get_survey(request.actor, survey_id)
    told: dict[str, Any] = {"actor": request.actor, "survey_id": found.pk}
    if "close" in request.POST:
        return act(request, partial(services.revoke_link, **told), "Le lien n’ouvre plus rien.", PROMOTION, found.year)

    def write() -> None:
        services.renew_link(**told)
        send_survey.enqueue(str(found.pk))

    return act(request, write, "Un nouveau lien part ; l’ancien n’ouvre plus rien.", PROMOTION, found.year)


@require_POST
def reopen(request: Request, survey_id: uuid.UUID) -> HttpResponse:
    """Take back an answer noted by mistake."""
    found = queries.get_survey(request.actor, survey_id)
    reopened = partial(services.reopen_survey, actor=request.actor, survey_id=found.pk)
    return act(request, reopened, "La question peut être posée à nouveau.", PROMOTION, found.year)


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def survey(request: HttpRequest, survey_id: uuid.UUID, check: str) -> HttpResponse:
    """The two questions, to whoever holds the link: no account, no name, once."""
    try:
        found = queries.survey_behind(survey_id, check)
    except NotFound:
        return _public(request, {"state": None}, 404)
    if found.state not in (SurveyState.WAITING, SurveyState.ANSWERED):
        return _public(request, {"state": found.state, "organisation": found.organisation}, 410)
    form = AnswerForm(posted(request))
    told: dict[str, Any] = {"survey_id": survey_id, "check": check}
    if "decline" in request.POST and found.state == SurveyState.WAITING:
        done: Any = services.decline_by_link(**told)
    else:
        done = saved(form, lambda: services.answer_by_link(facts=form.facts(), **told))
    context = {"state": found.state, "organisation": found.organisation, "form": form, "survey": found}
    return _public(request, context | ({"state": "done", "done": done} if done else {}), 422 if form.errors else 200)


def _public(request: HttpRequest, context: dict[str, Any], status: int) -> HttpResponse:
    answer = render(request, "certification/survey.html", context, status=status)
    answer["X-Robots-Tag"], answer["Referrer-Policy"] = "noindex, nofollow", "no-referrer"
    return answer
