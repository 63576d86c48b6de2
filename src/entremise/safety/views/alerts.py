"""Alerts: give one, read it, answer it, close it."""

import json
import uuid
from functools import partial
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from entremise.accounts.queries import member_names
from entremise.core.actor import Actor
from entremise.core.errors import InvalidInput
from entremise.core.http import Request
from entremise.core.permissions import can, require
from entremise.core.ui.lists import paginate
from entremise.core.ui.saving import saved
from entremise.safety import panels, queries, services
from entremise.safety.enums import AnswerKind
from entremise.safety.filters import AlertFilters
from entremise.safety.forms import AlertForm, CloseForm
from entremise.safety.models import Alert


@require_http_methods(["GET", "POST"])
def give(request: Request) -> HttpResponse:
    """One button; sent twice (a slow page, two taps), it is one alert."""
    require(request.actor, "safety.alert")
    form = AlertForm(request.actor, request.POST or None)
    if request.method == "POST" and form.is_valid():
        alert = saved(form, partial(services.raise_alert, actor=request.actor, **form.cleaned_data))
        if alert is not None:
            return redirect("safety:alert", alert.pk)
    context = {"form": form, "oncall": queries.oncall_number(request.actor.organisation_id)}
    return render(request, "safety/give.html", context, status=422 if form.is_bound else 200)


@require_GET
def index(request: Request) -> HttpResponse:
    """Past and present alerts."""
    require(request.actor, "safety.answer")
    form = AlertFilters(request.GET)
    page = paginate(request, form.listed(queries.list_alerts(request.actor)))
    context = {"filters_form": form, "page": page, "rows": panels.alert_rows(request.actor, page.items)}
    return render(request, "safety/alerts.html", context)


@require_GET
def show(request: Request, alert_id: uuid.UUID) -> HttpResponse:
    """One alert: who, where, who saw it, whom the server wrote to."""
    require(request.actor, "safety.answer")
    alert = queries.get_alert(request.actor, alert_id)
    return render(request, "safety/alert.html", _sheet(request.actor, alert, CloseForm()))


def _sheet(actor: Actor, alert: Alert, form: CloseForm) -> dict[str, Any]:
    calls = queries.calls_of(alert)
    lines = {line.rung.pk: line for line in queries.chain_lines(alert.organisation_id)}
    names = member_names({call.member_id for call in calls if call.member_id} | {alert.closed_by_id or alert.author_id})
    told = [(call, names.get(call.member_id, ""), lines.get(call.rung_id)) for call in calls]  # type: ignore[arg-type]
    return {
        **panels.alert_rows(actor, [alert])[0],
        "calls": told,
        "closed_by": names.get(alert.closed_by_id, "") if alert.closed_by_id else "",
        "oncall": queries.oncall_number(alert.organisation_id),
        "is_exhausted": alert.is_open and not alert.taken_at and not alert.next_call_at,
        "may_write": can(actor, "safety.alert"),
        "form": form,
    }


@require_POST
def answer(request: Request, alert_id: uuid.UUID) -> HttpResponse:
    """« Vu », « Je m’en occupe »."""
    kind = AnswerKind.CHARGE if request.POST.get("kind") == AnswerKind.CHARGE else AnswerKind.VU
    try:
        services.answer_alert(actor=request.actor, alert_id=alert_id, kind=kind)
    except InvalidInput as refusal:
        messages.error(request, " ".join(refusal.errors["kind"]))
    if request.htmx:
        return _banner(request)
    return redirect("safety:alert", alert_id)


@require_POST
def close(request: Request, alert_id: uuid.UUID) -> HttpResponse:
    """How it ended."""
    alert = queries.get_alert(request.actor, alert_id)
    form = CloseForm(request.POST)
    if form.is_valid():
        services.close_alert(actor=request.actor, alert_id=alert_id, end=form.cleaned_data["end"])
        messages.success(request, "Alerte close. Prenez dix minutes pour en parler.")
        return redirect("safety:alert", alert_id)
    return render(request, "safety/alert.html", _sheet(request.actor, alert, form), status=422)


@require_GET
def news(request: Request) -> HttpResponse:
    """Asked every four seconds by open pages: 204 after one query when nothing changed."""
    require(request.actor, "safety.answer")
    if queries.open_version(request.actor) == request.GET.get("version"):
        return HttpResponse(status=204)
    return _banner(request, "Alerte de l’équipe : lisez le bandeau en haut de la page.")


def _banner(request: Request, said: str = "") -> HttpResponse:
    context = panels.banner_context(request.actor)
    response = render(request, "safety/_banner.html", context)
    if said and context["rows"]:
        response["HX-Trigger"] = json.dumps({"annonce": said})
    return response
