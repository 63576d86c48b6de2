"""What follows acts: return visits, tensions that come back, team actions, readings of the parties."""

import uuid
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from entremise.accounts.queries import choices_for, member_names
from entremise.core.errors import InvalidInput, NotFound
from entremise.core.http import Request
from entremise.core.permissions import require
from entremise.core.time import today
from entremise.core.ui.lists import paginate
from entremise.core.ui.saving import refuse
from entremise.interventions.enums import ZONES, ActionOrigin, ConflictObject, Party
from entremise.interventions.filters_after import ActionFilters
from entremise.interventions.forms.after import ActionForm, ReadingForm
from entremise.interventions.models import TeamAction
from entremise.interventions.presets import RECURRENCE_DAYS, RECURRENCE_TIMES
from entremise.interventions.queries import after as queries
from entremise.interventions.queries import get_intervention
from entremise.interventions.services import after as services
from entremise.interventions.services.readings import TEXTS, read_party
from entremise.interventions.views.pages import identifier
from entremise.places.queries import site_names


@require_safe
def index(request: Request) -> HttpResponse:
    """What the team has to go back to, what comes back by itself, what it decided to do."""
    actor = request.actor
    require(actor, "interventions.record")
    context = {
        "visits": queries.planned_returns(actor),
        "recurrences": queries.recurrences(actor),
        "actions": queries.list_actions(actor).filter(done_at=None)[:100].count(),
        "today": today(),
        "times": RECURRENCE_TIMES,
        "days": RECURRENCE_DAYS,
    }
    return render(request, "interventions/after.html", context)


@require_POST
def plan_return(request: Request, act_id: uuid.UUID) -> HttpResponse:
    """« Repasser demain »."""
    try:
        visit = services.plan_return(actor=request.actor, intervention_id=act_id)
    except InvalidInput as refusal:
        messages.error(request, " ".join(refusal.errors["__all__"]))
    else:
        messages.success(request, f"Repassage prévu le {visit.due_on:%d/%m}. Il sera fait dès que l’équipe y passera.")
    return redirect("interventions:detail", act_id)


@require_POST
def lift_return(request: Request, visit_id: uuid.UUID) -> HttpResponse:
    """The team will not go back after all."""
    services.lift_return(actor=request.actor, visit_id=visit_id)
    messages.success(request, "Repassage levé.")
    return redirect("interventions:after")


@require_safe
def actions(request: Request) -> HttpResponse:
    """Actions of one's teams."""
    actor = request.actor
    require(actor, "interventions.record")
    form = ActionFilters(request.GET, actor=actor)
    page = paginate(request, form.listed())
    context = {"form": form, "page": page, "rows": _rows(page.items), "today": today()}
    return render(request, "interventions/actions.html", context)


def _rows(found: list[TeamAction]) -> list[dict[str, Any]]:
    names = member_names({one.owner_id for one in found} | {one.done_by_id for one in found if one.done_by_id})
    sites = site_names({one.site_id for one in found if one.site_id})
    return [
        {
            "action": one,
            "owner": names[one.owner_id],
            "site": sites.get(one.site_id, "") if one.site_id else "",
            "done_by": names.get(one.done_by_id, "") if one.done_by_id else "",
        }
        for one in found
    ]


@require_http_methods(["GET", "POST"])
def open_action(request: Request) -> HttpResponse:
    """Open an action, from a tension that comes back (its place and object in the address) or not."""
    actor = request.actor
    require(actor, "interventions.record")
    code = request.GET.get("objet", "")
    code = code if code in ConflictObject.values else ""
    initial = {"site_id": identifier(request.GET.get("lieu", "")), "team_id": identifier(request.GET.get("equipe", ""))}
    form = ActionForm(
        request.POST or None, actor=actor, initial={name: value for name, value in initial.items() if value}
    )
    origin = ActionOrigin.RECURRENCE if code else ActionOrigin.AUTRE
    if request.method == "POST" and form.is_valid():
        try:
            action = services.open_action(actor=actor, origin=origin, conflict_object=code, **form.cleaned_data)
        except InvalidInput as refusal:
            refuse(form, refusal)
        else:
            messages.success(request, "Action ouverte. Elle attend qui s’en charge, à sa date.")
            return redirect("interventions:action", action.pk)
    label = choices_for(actor.organisation_id, "L13")["L13"].label(code) if code else ""
    context = {"form": form, "label": label}
    return render(request, "interventions/action_form.html", context, status=422 if form.is_bound else 200)


@require_safe
def action(request: Request, action_id: uuid.UUID) -> HttpResponse:
    """One action."""
    require(request.actor, "interventions.record")
    found = queries.get_action(request.actor, action_id)
    objects = choices_for(request.actor.organisation_id, "L13")["L13"]
    context = {**_rows([found])[0], "today": today()}
    context["object"] = objects.label(found.conflict_object) if found.conflict_object else ""
    return render(request, "interventions/action.html", context)


@require_POST
def finish_action(request: Request, action_id: uuid.UUID) -> HttpResponse:
    """« Faite »."""
    services.finish_action(actor=request.actor, action_id=action_id)
    messages.success(request, "Action faite.")
    return redirect("interventions:actions")


@require_http_methods(["GET", "POST"])
def reading(request: Request, act_id: uuid.UUID, party: str) -> HttpResponse:
    """An aid to reading one party's side, for the authors of the act."""
    actor = request.actor
    act = get_intervention(actor, act_id)
    require(actor, "interventions.read_parties", act)
    if party not in Party.values:
        raise NotFound("party")
    known = queries.readings_of(act).get(party)
    initial = {name: getattr(known, name) for name in ("stage", *TEXTS)} if known else {}
    form = ReadingForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        data = dict(form.cleaned_data)
        try:
            read_party(actor=actor, intervention_id=act.pk, party=party, stage=data.pop("stage"), texts=data)
        except InvalidInput as refusal:
            refuse(form, refusal)
        else:
            messages.success(request, "Lecture gardée pour les auteurs et l’encadrement.")
            return redirect("interventions:detail", act.pk)
    context = {"form": form, "act": act, "party": Party(party), "zones": ZONES}
    return render(request, "interventions/reading.html", context, status=422 if form.is_bound else 200)
