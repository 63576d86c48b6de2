"""Pages: numbers to call, reflex cards, the Charter, requests refused."""

import uuid

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from entremise.accounts.queries import list_teams, member_names
from entremise.core.errors import InvalidInput, NotFound
from entremise.core.http import Request
from entremise.core.permissions import can, require
from entremise.core.ui.lists import ordering, paginate
from entremise.core.ui.saving import refuse
from entremise.interventions.reference import cards, charter, queries, services
from entremise.interventions.reference.filters import SORTS, RefusalFilters
from entremise.interventions.reference.forms import NumberCheckForm, RefusalForm


@require_GET
def number_list(request: Request) -> HttpResponse:
    """Numbers to call: those of danger first, the others by group."""
    shown = queries.numbers_by_need(request.actor)
    context = {
        "first": shown.first,
        "groups": shown.groups,
        "may_check": can(request.actor, "interventions.check_number"),
        "unverified": shown.has_stale,
    }
    return render(request, "interventions/numbers.html", context)


@require_http_methods(["GET", "POST"])
def number_check(request: Request, code: str) -> HttpResponse:
    """Say that a number was verified today."""
    require(request.actor, "interventions.check_number")
    shown = queries.get_number(request.actor, code)
    form = NumberCheckForm(request.POST or None, initial={"hours": shown.hours})
    if request.method == "POST" and form.is_valid():
        try:
            services.check_number(actor=request.actor, code=code, hours=form.cleaned_data["hours"])
        except InvalidInput as refusal:
            refuse(form, refusal)
        else:
            messages.success(request, f"{shown.number.number} : vérifié aujourd’hui.")
            return redirect("interventions:numbers")
    context = {"form": form, "shown": shown}
    return render(request, "interventions/number_check.html", context, status=422 if form.errors else 200)


@require_GET
def card_list(request: Request) -> HttpResponse:
    """Every reflex card, those of one's job first."""
    require(request.actor, "interventions.view_reference")
    own = cards.for_jobs(team.job for team in list_teams(request.actor, own_only=True))
    others = [one for one in cards.all_cards() if one not in own]
    return render(request, "interventions/cards.html", {"own": own, "others": others, "general": cards.all_cards()[0]})


@require_GET
def card(request: Request, code: str) -> HttpResponse:
    """One reflex card, and what to call."""
    require(request.actor, "interventions.view_reference")
    shown = cards.get(code)
    if shown is None:
        raise NotFound(code)
    return render(request, "interventions/card.html", {"card": shown})


@require_GET
def charter_page(request: Request) -> HttpResponse:
    """The Charter of 2001 and what it changes in the tool."""
    require(request.actor, "interventions.view_reference")
    context = {
        "charter": charter.load(),
        "may_record": can(request.actor, "interventions.record_refusal"),
        "may_open": can(request.actor, "interventions.open_refusals"),
    }
    return render(request, "interventions/charter.html", context)


@require_GET
def refusal_list(request: Request) -> HttpResponse:
    """Requests refused: one's own, the organisation's, or only their totals, according to the role."""
    actor = request.actor
    require(actor, "interventions.open_refusals")
    filters = RefusalFilters(request.GET, actor=actor)
    chosen = filters.selection()
    may_list = can(actor, "interventions.record_refusal")
    order = ordering(request, SORTS, "-jour")
    page = paginate(request, queries.list_refusals(actor, **chosen).order_by(*order)) if may_list else None
    context = {
        "filters": filters,
        "page": page,
        "rows": [(row, filters.labels.label(row.asker_type)) for row in page or []],
        "totals": queries.count_refusals(actor, **chosen) if can(actor, "interventions.count_refusals") else None,
        "is_filtered": any(chosen.values()),
        "may_record": may_list,
    }
    return render(request, "interventions/refusals.html", context)


@require_http_methods(["GET", "POST"])
def refusal_create(request: Request) -> HttpResponse:
    """Record a request refused in the name of the Charter."""
    require(request.actor, "interventions.record_refusal")
    form = RefusalForm(request.POST if request.method == "POST" else None, actor=request.actor)
    if request.method == "POST" and form.is_valid():
        try:
            refusal = services.record_refusal(actor=request.actor, command=form.command())
        except InvalidInput as refused:
            refuse(form, refused)
        else:
            messages.success(request, "Refus enregistré. La demande compte dans les totaux, sans nom.")
            return redirect("interventions:refusal", refusal.pk)
    context = {"form": form, "charter": charter.load()}
    return render(request, "interventions/refusal_form.html", context, status=422 if form.errors else 200)


@require_GET
def refusal(request: Request, refusal_id: uuid.UUID) -> HttpResponse:
    """One request refused."""
    shown = queries.get_refusal(request.actor, refusal_id)
    texts = {row.code: row for row in charter.load().principles}
    context = {
        "refusal": shown,
        "principle": texts[shown.principle],
        "asker": RefusalFilters(actor=request.actor).labels.label(shown.asker_type),
        "author": member_names([shown.author_id])[shown.author_id],
    }
    return render(request, "interventions/refusal.html", context)
