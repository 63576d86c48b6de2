"""Debriefings: ten guided minutes, readable by those who were there and the coordinators of the team."""

import uuid
from functools import partial
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from entremise.core.http import Request
from entremise.core.permissions import can, require
from entremise.core.ui.lists import paginate
from entremise.core.ui.saving import saved
from entremise.interventions.enums import ActionOrigin
from entremise.interventions.lesson import LessonForm, open_action
from entremise.safety import services
from entremise.safety.enums import Subject, Support
from entremise.safety.filters import DebriefFilters
from entremise.safety.forms import DebriefForm
from entremise.safety.queries import sheets as queries
from entremise.safety.views.start import start_of

_SUBJECTS = {Subject.ACTE: "interventions:detail", Subject.ALERTE: "safety:alert", Subject.FICHE: "safety:sheet"}


@require_GET
def index(request: Request) -> HttpResponse:
    """The debriefings one may read."""
    require(request.actor, "safety.read_sheets")
    form = DebriefFilters(request.GET)
    found = queries.list_debriefs(request.actor).defer("facts", "lived", "helped", "change")
    page = paginate(request, form.listed(found.select_related("team")))
    context = {"filters_form": form, "page": page, "may_write": can(request.actor, "safety.alert")}
    return render(request, "safety/debriefs.html", context)


@require_http_methods(["GET", "POST"])
def hold(request: Request) -> HttpResponse:
    """Ten minutes, one step after another."""
    require(request.actor, "safety.alert")
    start = start_of(request)
    form = DebriefForm(request.actor, request.POST or None, initial=start.initial)
    if request.method == "POST" and form.is_valid():
        subject: dict[str, Any] = {"subject_type": start.subject, "subject_id": start.identifier}
        debrief = saved(form, partial(services.hold_debrief, actor=request.actor, **form.cleaned_data, **subject))
        if debrief is not None:
            messages.success(request, "Débriefing gardé pour ceux qui étaient là et l’encadrement.")
            return redirect("safety:debrief", debrief.pk)
    context = {"form": form, "start": start}
    return render(request, "safety/debrief_form.html", context, status=422 if form.is_bound else 200)


@require_GET
def show(request: Request, debrief_id: uuid.UUID) -> HttpResponse:
    """One debriefing."""
    return _page(request, debrief_id, LessonForm(actor=request.actor))


@require_POST
def lesson(request: Request, debrief_id: uuid.UUID) -> HttpResponse:
    """A lesson for the whole team, written anew without anyone's words: a dated action."""
    debrief = queries.get_debrief(request.actor, debrief_id)
    form = LessonForm(request.POST, actor=request.actor)
    if form.is_valid():
        facts = {"team_id": debrief.team_id, "origin": ActionOrigin.LECON, **form.cleaned_data}
        action = saved(form, partial(open_action, actor=request.actor, **facts))
        if action is not None:
            messages.success(request, "Action ouverte : toute l’équipe la lit.")
            return redirect("interventions:action", action.pk)
    return _page(request, debrief_id, form)


def _page(request: Request, debrief_id: uuid.UUID, form: LessonForm) -> HttpResponse:
    debrief = queries.get_debrief(request.actor, debrief_id)
    subject = Subject(debrief.subject_type)
    own_team = can(request.actor, "safety.alert") and debrief.team_id in request.actor.team_ids
    context = {
        "lesson_form": form if own_team else None,
        "debrief": debrief,
        "people": queries.names_in(debrief),
        "offered": [Support(code).label for code in debrief.support],
        "subject": subject,
        "subject_url": reverse(_SUBJECTS[subject], args=[debrief.subject_id]) if subject in _SUBJECTS else "",
    }
    return render(request, "safety/debrief.html", context, status=422 if form.is_bound else 200)
