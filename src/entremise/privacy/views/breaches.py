"""Breaches: report in one short form; list, sheet, correct, close for whoever protects the data."""

import uuid
from collections.abc import Callable
from functools import partial
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from entremise.accounts.queries import member_names
from entremise.core.errors import NotAllowed
from entremise.core.http import Request
from entremise.core.permissions import can, require
from entremise.core.ui.lists import paginate
from entremise.core.ui.saving import act, saved
from entremise.privacy.enums_accountability import (
    BreachData,
    BreachKind,
    BreachNature,
    BreachPersons,
    BreachRisk,
    BreachState,
)
from entremise.privacy.filters_accountability import BreachFilters
from entremise.privacy.forms.accountability import AsideForm, BreachForm, ReportForm
from entremise.privacy.models import Breach
from entremise.privacy.queries.breaches import clock_of, get_breach, history_of, missing_to_close, own_reports
from entremise.privacy.queries.handlers import follows_breaches
from entremise.privacy.services import breaches as services

STATES = {
    BreachState.SIGNALEE: "wait",
    BreachState.EN_COURS: "neutral",
    BreachState.CLOSE: "ok",
    BreachState.ECARTEE: "neutral",
}
VERBS = {
    "signalement": "Signalée",
    "correction": "Complétée",
    "cloture": "Close",
    "mise_a_part": "Écartée",
    "reouverture": "Rouverte",
}


@require_http_methods(["GET", "POST"])
def report(request: Request) -> HttpResponse:
    """Anyone says that data was lost, seen or changed."""
    actor = request.actor
    require(actor, "privacy.report_breach")
    form = ReportForm(request.POST if request.method == "POST" else None)
    if form.is_valid() and (done := saved(form, partial(services.report_breach, actor=actor, **form.cleaned_data))):
        messages.success(request, f"C’est transmis sous la référence {done.reference}. On revient vers vous.")
        return redirect("privacy:breach", done.pk) if follows_breaches(actor) else redirect("privacy:breach_report")
    rows = [(one, BreachKind(one.kind).label, *_state(one)) for one in own_reports(actor)]
    context = {"form": form, "own": rows}
    return render(request, "privacy/breach_report.html", context, status=422 if form.is_bound else 200)


def _state(breach: Breach) -> tuple[str, str]:
    return STATES[BreachState(breach.state)], BreachState(breach.state).label


@require_GET
def breaches(request: Request) -> HttpResponse:
    """The register of breaches."""
    require(request.actor, "privacy.view_breaches")
    filters = BreachFilters(request.GET)
    page = paginate(request, filters.apply(request.actor))
    rows = [
        {
            "breach": one,
            "kind": BreachKind(one.kind).label,
            "state": _state(one),
            "clock": clock_of(one),
            "risk": BreachRisk(one.risk).label if one.risk else "À dire",
        }
        for one in page.items
    ]
    return render(request, "privacy/breaches.html", {"filters": filters, "page": page, "rows": rows})


def _sheet(request: Request, breach: Breach, form: AsideForm | None = None) -> dict[str, Any]:
    actor = request.actor
    reads = can(actor, "privacy.read_breach_words")
    return {
        "breach": breach,
        "kind": BreachKind(breach.kind).label,
        "state": _state(breach),
        "clock": clock_of(breach),
        "risk": BreachRisk(breach.risk).label if breach.risk else "",
        "natures": [BreachNature(code).label for code in breach.natures],
        "persons": [BreachPersons(code).label for code in breach.persons],
        "data": [BreachData(code).label for code in breach.data],
        "reporter": member_names([breach.reported_by_id])[breach.reported_by_id] if reads else "",
        "reads": reads,
        "missing": missing_to_close(breach) if breach.is_open else [],
        "history": [(one, VERBS.get(one.verb, one.verb)) for one in history_of(breach, with_words=reads)],
        "may_follow": follows_breaches(actor),
        "form": form or AsideForm(),
    }


@require_GET
def breach(request: Request, breach_id: uuid.UUID) -> HttpResponse:
    """One breach, its clock and its history."""
    require(request.actor, "privacy.view_breaches")
    return render(request, "privacy/breach.html", _sheet(request, get_breach(request.actor, breach_id)))


@require_http_methods(["GET", "POST"])
def breach_edit(request: Request, breach_id: uuid.UUID) -> HttpResponse:
    """Complete what is known of a breach."""
    actor = request.actor
    require(actor, "privacy.view_breaches")
    found = get_breach(actor, breach_id)
    if not follows_breaches(actor):
        raise NotAllowed("privacy.follow_breaches")
    form = BreachForm(request.POST if request.method == "POST" else None, initial=BreachForm.initial_of(found))
    write: dict[str, Any] = {"actor": actor, "breach_id": found.pk}
    if form.is_valid() and saved(form, partial(services.correct_breach, **write, facts=form.facts())) is not None:
        messages.success(request, "La violation est à jour ; ce qui a changé reste dans son histoire.")
        return redirect("privacy:breach", found.pk)
    context = {"form": form, "breach": found, "clock": clock_of(found)}
    return render(request, "privacy/breach_form.html", context, status=422 if form.is_bound else 200)


@require_POST
def breach_set_aside(request: Request, breach_id: uuid.UUID) -> HttpResponse:
    """No personal data was touched."""
    actor = request.actor
    require(actor, "privacy.view_breaches")
    found = get_breach(actor, breach_id)
    form = AsideForm(request.POST)
    write: dict[str, Any] = {"actor": actor, "breach_id": found.pk}
    if form.is_valid() and saved(form, partial(services.set_aside_breach, **write, **form.cleaned_data)) is not None:
        messages.success(request, "Le signalement est écarté ; il reste au registre avec sa raison.")
        return redirect("privacy:breach", found.pk)
    if not follows_breaches(actor):
        raise NotAllowed("privacy.follow_breaches")
    return render(request, "privacy/breach.html", _sheet(request, found, form), status=422)


@require_POST
def breach_close(request: Request, breach_id: uuid.UUID) -> HttpResponse:
    """Close what is complete."""
    return _act(request, breach_id, services.close_breach, "La violation est close.")


@require_POST
def breach_reopen(request: Request, breach_id: uuid.UUID) -> HttpResponse:
    """Follow it again."""
    return _act(request, breach_id, services.reopen_breach, "La violation est rouverte.")


def _act(request: Request, breach_id: uuid.UUID, write: Callable[..., Breach], done: str) -> HttpResponse:
    return act(request, partial(write, actor=request.actor, breach_id=breach_id), done, "privacy:breach", breach_id)
