"""Incident sheets of the team, their follow-up, the employer's counts."""

import uuid
from functools import partial
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from entremise.accounts.queries import member_names
from entremise.core.actor import Actor
from entremise.core.errors import Conflict
from entremise.core.http import Request
from entremise.core.permissions import can, require
from entremise.core.time import local
from entremise.core.ui.lists import paginate
from entremise.core.ui.saving import saved
from entremise.places.queries import site_names
from entremise.safety import services
from entremise.safety.enums import Support
from entremise.safety.filters import SheetFilters
from entremise.safety.forms import FollowForm, SheetForm
from entremise.safety.models import IncidentSheet
from entremise.safety.queries import sheets as queries
from entremise.safety.services.sheets import DATES, SheetFacts
from entremise.safety.views.start import Start, start_of


@require_GET
def index(request: Request) -> HttpResponse:
    """The sheets one may read."""
    require(request.actor, "safety.read_sheets")
    form = SheetFilters(request.GET)
    page = paginate(request, form.listed(queries.list_sheets(request.actor).defer("facts", "done")))
    people = queries.people_of_sheets([sheet.pk for sheet in page.items])
    names = member_names({member for found in people.values() for member in found})
    sites = site_names({sheet.site_id for sheet in page.items if sheet.site_id})
    rows = [(one, sites.get(one.site_id, ""), [names[member] for member in people[one.pk]]) for one in page.items]
    context = {"filters_form": form, "page": page, "rows": rows, "may_write": can(request.actor, "safety.alert")}
    return render(request, "safety/sheets.html", context)


@require_http_methods(["GET", "POST"])
def write(request: Request) -> HttpResponse:
    """Write a sheet, from an act, an alert, or nothing."""
    require(request.actor, "safety.alert")
    start = start_of(request)
    form = SheetForm(request.actor, request.POST or None, initial=start.initial)
    if request.method == "POST" and form.is_valid():
        links = {"act_id": start.act_id, "alert_id": start.alert_id}
        sheet = saved(form, partial(services.write_sheet, actor=request.actor, facts=_facts(form), **links))
        if sheet is not None:
            messages.success(request, "Fiche enregistrée. Vous, les personnes concernées et l’encadrement la lisez.")
            return redirect("safety:sheet", sheet.pk)
    return _form(request, form, start)


def _form(request: Request, form: SheetForm, start: Start, sheet: IncidentSheet | None = None) -> HttpResponse:
    context = {"form": form, "start": start, "sheet": sheet}
    return render(request, "safety/sheet_form.html", context, status=422 if form.is_bound else 200)


def _facts(form: SheetForm) -> SheetFacts:
    data = form.cleaned_data
    return SheetFacts(**{**data, "person_ids": tuple(data["person_ids"])})


@require_GET
def show(request: Request, sheet_id: uuid.UUID) -> HttpResponse:
    """One sheet, for those it is for."""
    sheet = queries.get_sheet(request.actor, sheet_id)
    return render(request, "safety/sheet.html", _sheet(request.actor, sheet))


def _sheet(actor: Actor, sheet: IncidentSheet, form: FollowForm | None = None) -> dict[str, Any]:
    people = queries.people_of_sheets([sheet.pk])[sheet.pk]
    names = member_names({*people, sheet.author_id, *([sheet.closed_by_id] if sheet.closed_by_id else [])})
    values = {name: getattr(sheet, name) for name in (*DATES, "support")}
    return {
        "sheet": sheet,
        "author": names[sheet.author_id],
        "people": [names[member] for member in people],
        "site": site_names([sheet.site_id]).get(sheet.site_id, "") if sheet.site_id else "",
        "offered": [Support(code).label for code in sheet.support],
        "closed_by": names.get(sheet.closed_by_id, "") if sheet.closed_by_id else "",
        "dates": [(FollowForm.base_fields[name].label, getattr(sheet, name)) for name in DATES],
        "may_correct": sheet.author_id == actor.member_id and sheet.closed_at is None,
        "form": form or FollowForm(initial=values, closes=can(actor, "safety.supervise", sheet)),
    }


@require_http_methods(["GET", "POST"])
def correct(request: Request, sheet_id: uuid.UUID) -> HttpResponse:
    """Its author says it better."""
    sheet = queries.get_sheet(request.actor, sheet_id)
    initial = {name: getattr(sheet, name) for name in ("kind", "site_id", "team_id", "facts", "done")}
    initial |= {"happened_at": local(sheet.happened_at), "person_ids": queries.people_of_sheets([sheet.pk])[sheet.pk]}
    form = SheetForm(request.actor, request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        version = int(request.POST.get("version", "")) if request.POST.get("version", "").isdecimal() else 0
        try:
            write = partial(services.correct_sheet, actor=request.actor, sheet_id=sheet.pk, version=version)
            done = saved(form, partial(write, facts=_facts(form)))
        except Conflict:
            done = None
            form.add_error(None, "Cette fiche a changé depuis que vous l’avez ouverte. Relisez-la, puis enregistrez.")
        if done is not None:
            return redirect("safety:sheet", sheet.pk)
    return _form(request, form, Start(), sheet)


@require_POST
def follow(request: Request, sheet_id: uuid.UUID) -> HttpResponse:
    """Support and dates."""
    sheet = queries.get_sheet(request.actor, sheet_id)
    form = FollowForm(request.POST, closes=can(request.actor, "safety.supervise", sheet))
    if form.is_valid():
        done = saved(form, partial(services.follow_sheet, actor=request.actor, sheet_id=sheet.pk, **form.cleaned_data))
        if done is not None:
            messages.success(request, "Fiche close." if done.closed_at else "Suivi enregistré.")
            return redirect("safety:sheet", sheet.pk)
    return render(request, "safety/sheet.html", _sheet(request.actor, sheet, form), status=422)


@require_GET
def counts(request: Request) -> HttpResponse:
    """What the employer counts to protect its staff."""
    require(request.actor, "safety.count")
    return render(request, "safety/counts.html", {"counts": queries.counts_of(request.actor)})
