"""The list of acts, one act, its history."""

import uuid

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from entremise.core.actor import Actor
from entremise.core.errors import NotFound
from entremise.core.http import Request
from entremise.core.permissions import can, require
from entremise.core.ui.lists import paginate
from entremise.interventions.filters import ActFilterForm
from entremise.interventions.forms import CorrectionRequestForm, OpenThreadForm
from entremise.interventions.models import Intervention
from entremise.interventions.queries import (
    alike_of,
    describe,
    get_intervention,
    history_of,
    list_interventions,
    merged_into,
    thread_choices,
)
from entremise.interventions.services.anonymity import is_anonymous
from entremise.interventions.views.pages import STATES, after_context, detail_context


@require_safe
def index(request: Request) -> HttpResponse:
    """Acts, filtered by codes kept in the address; no text in the list."""
    actor = request.actor
    require(actor, "interventions.list")
    form = ActFilterForm(request.GET, actor=actor)
    page = paginate(request, list_interventions(actor, form.filters(request.GET.get("tri", ""))))
    context = {
        "form": form,
        "page": page,
        "lines": describe(actor, page),
        "states": STATES,
        "filtered": any(value for key, value in request.GET.items() if key not in ("tri", "page")),
        "may_record": can(actor, "interventions.record"),
        "may_review": can(actor, "interventions.review"),
    }
    return render(request, "interventions/list.html", context)


@require_safe
def detail(request: Request, act_id: uuid.UUID) -> HttpResponse:
    """One act, for those who may read it."""
    actor = request.actor
    try:
        act = get_intervention(actor, act_id)
    except NotFound:  # perhaps cancelled since: its address leads to the one that was kept
        return redirect("interventions:detail", merged_into(actor, act_id))
    context = detail_context(actor, act) | detail_forms(actor, act)
    context["alike"] = describe(actor, found) if (found := alike_of(actor, act)) else []
    if context["may"]["view_history"]:
        context["versions"] = history_of(actor, act)
    return render(request, "interventions/detail.html", context)


def detail_forms(actor: Actor, act: Intervention) -> dict[str, object]:
    """The small forms of the page of an act, empty, and what follows it."""
    return {
        **after_context(actor, act),
        "versions": [],
        "correction_form": CorrectionRequestForm(),
        "thread_form": thread_form(actor, act),
    }


def thread_form(actor: Actor, act: object, data: object = None) -> OpenThreadForm:
    """The form that puts an act in a thread of its team."""
    team_id = act.team_id  # type: ignore[attr-defined]
    threads = thread_choices(actor, [team_id])
    return OpenThreadForm(data, threads=threads, labelled=not is_anonymous(team_id))
