"""The register of requests: list, noting, one request and its steps."""

import datetime as dt
import uuid
from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from entremise.accounts.queries import member_names
from entremise.core.errors import FORM, InvalidInput
from entremise.core.http import Request
from entremise.core.permissions import can, require
from entremise.core.ui.lists import paginate
from entremise.core.ui.saving import refuse
from entremise.privacy.enums import PersonMatch
from entremise.privacy.forms.requests import (
    AnswerForm,
    ExtendForm,
    IdentityForm,
    MatchForm,
    RequestFilterForm,
    RequestForm,
)
from entremise.privacy.models import DataRequest
from entremise.privacy.queries.requests import get_followed, get_request, list_requests
from entremise.privacy.services import requests as services
from entremise.privacy.services.access import COPIES, access_files
from entremise.privacy.services.erasure_request import ERASING, backups_lapse_on
from entremise.privacy.services.restriction import RESTRICTING, may_still_lift


@require_safe
def index(request: Request) -> HttpResponse:
    """The register: references, rights and clocks; no name, no word."""
    actor = request.actor
    require(actor, "privacy.see_requests")
    form = RequestFilterForm(request.GET)
    found = list_requests(actor, form.filters()).order_by(*form.order())
    context = {
        "form": form,
        "page": paginate(request, found),
        "filtered": any(value for key, value in request.GET.items() if key not in ("tri", "page")),
        "may_record": can(actor, "privacy.record_request"),
        "whole": can(actor, "privacy.view_requests"),
    }
    return render(request, "privacy/requests.html", context)


@require_http_methods(["GET", "POST"])
def record(request: Request, person_id: uuid.UUID | None = None) -> HttpResponse:
    """Note that a person asks; from their fiche, or without knowing it."""
    require(request.actor, "privacy.record_request")
    person = get_followed(request.actor, person_id) if person_id else None
    form = RequestForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            noted = services.record_request(actor=request.actor, facts=form.facts(person_id))
        except InvalidInput as refusal:
            refuse(form, refusal)
        else:
            messages.success(
                request, f"La demande {noted.reference} est notée. Réponse avant le {noted.due_on:%d/%m/%Y}."
            )
            return redirect("privacy:request", noted.pk)
    context = {"form": form, "person": person, "answers": can(request.actor, "privacy.answer_requests")}
    return render(request, "privacy/request_record.html", context, status=422 if form.errors else 200)


@require_safe
def detail(request: Request, request_id: uuid.UUID) -> HttpResponse:
    """One request and what can be done now."""
    return page(request, get_request(request.actor, request_id))


@require_POST
def take(request: Request, request_id: uuid.UUID) -> HttpResponse:
    """Take charge of it."""
    return step(request, request_id, services.take_request)


@require_POST
def match(request: Request, request_id: uuid.UUID) -> HttpResponse:
    """Attach the fiche, or say there is none (button « Inconnue »)."""
    unknown = request.POST.get("unknown") == "1"
    form = MatchForm(request.POST)
    if not unknown and not form.is_valid():
        return page(request, get_request(request.actor, request_id), match_form=form)
    reference = "" if unknown else form.cleaned_data["reference"]
    return step(request, request_id, services.match_person, ("match_form", form), reference=reference)


@require_POST
def identity(request: Request, request_id: uuid.UUID) -> HttpResponse:
    """Say how the identity was checked."""
    form = IdentityForm(request.POST)
    if not form.is_valid():
        return page(request, get_request(request.actor, request_id), identity_form=form)
    how = form.cleaned_data["identity"]
    return step(request, request_id, services.check_identity, ("identity_form", form), how=how)


@require_POST
def extend(request: Request, request_id: uuid.UUID) -> HttpResponse:
    """Two months more, the person told."""
    form = ExtendForm(request.POST)
    if not form.is_valid():
        return page(request, get_request(request.actor, request_id), extend_form=form)
    return step(request, request_id, services.extend_request, ("extend_form", form), **form.cleaned_data)


@require_POST
def answer(request: Request, request_id: uuid.UUID) -> HttpResponse:
    """Close it with its answer."""
    form = AnswerForm(request.POST)
    if not form.is_valid():
        return page(request, get_request(request.actor, request_id), answer_form=form)
    return step(request, request_id, services.answer_request, ("answer_form", form), answer=form.answer())


def step(
    request: Request,
    request_id: uuid.UUID,
    service: Callable[..., object],
    shown: tuple[str, Form] | None = None,
    **facts: Any,
) -> HttpResponse:
    """Do one step of a request and come back to its page; a refusal is said beside the form ``shown``, if any."""
    try:
        service(actor=request.actor, request_id=request_id, **facts)
    except InvalidInput as refusal:
        if shown is None:
            for sentence in refusal.errors.get(FORM, ()):
                messages.error(request, sentence)
            return redirect("privacy:request", request_id)
        refuse(shown[1], refusal)
        return page(request, get_request(request.actor, request_id), **{shown[0]: shown[1]})
    messages.success(request, "C’est enregistré.")
    return redirect("privacy:request", request_id)


def page(request: Request, found: DataRequest, **forms: Form) -> HttpResponse:
    """The page of a request, with its forms empty or as they were refused."""
    actor = request.actor
    names = member_names(pk for pk in (found.recorded_by_id, found.handled_by_id) if pk)
    may_answer = can(actor, "privacy.answer_requests")
    context = {
        "found": found,
        "reads_words": may_answer or can(actor, "privacy.record_request"),
        "may_answer": may_answer and found.is_open,
        "is_matched": found.match == PersonMatch.TROUVEE,
        "person": found.person if found.person and not found.person.erased_at else None,
        "gives_copy": found.kind in COPIES,
        "files": access_files(actor, found.pk) if may_answer else [],
        "restricts": found.kind in RESTRICTING,
        "may_lift": may_answer and may_still_lift(found),
        "erases": found.kind in ERASING,
        "lapses_on": _lapses_on(found),
        "may_letter": may_answer and not found.is_open,
        "recorded_by": names.get(found.recorded_by_id, ""),
        "handled_by": names.get(found.handled_by_id, "") if found.handled_by_id else "",
        "match_form": MatchForm(),
        "identity_form": IdentityForm(),
        "extend_form": ExtendForm(),
        "answer_form": AnswerForm(),
        **forms,
    }
    return render(request, "privacy/request.html", context, status=422 if forms else 200)


def _lapses_on(found: DataRequest) -> dt.date | None:
    """The day no backup can bring an erased person back any more."""
    return backups_lapse_on(found.person.erased_at) if found.person and found.person.erased_at else None
