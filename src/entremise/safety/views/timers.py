"""The presence timer on the desk's pages, the codes, the on-call chain, and the first page of all this."""

import uuid
from functools import partial

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from entremise.core.errors import InvalidInput
from entremise.core.http import Request
from entremise.core.permissions import can, require
from entremise.core.ui.saving import act, refuse, saved
from entremise.places.queries import site_names
from entremise.safety import queries, services
from entremise.safety.forms import ArmForm, ChainFormSet, CodesForm, EndForm, ProlongForm, chain_initial
from entremise.safety.forms.chain import rungs_of
from entremise.safety.services.chain import set_chain


@require_GET
def home(request: Request) -> HttpResponse:
    """What protects the team, in one page."""
    require(request.actor, "safety.answer")
    context = {
        "goes_out": can(request.actor, "safety.alert"),
        "sets_chain": can(request.actor, "safety.set_chain"),
        "reads": can(request.actor, "safety.read_sheets"),
        "counts": can(request.actor, "safety.count"),
        "lines": queries.chain_lines(request.actor.organisation_id),
        "open": queries.open_alerts(request.actor)[:20].count(),
    }
    return render(request, "safety/home.html", context)


@require_http_methods(["GET", "POST"])
def timer(request: Request) -> HttpResponse:
    """One's own timer, or how to arm one."""
    require(request.actor, "safety.alert")
    form = ArmForm(request.actor, request.POST or None)
    if request.method == "POST" and form.is_valid():
        armed = saved(form, partial(services.arm_timer, actor=request.actor, **form.cleaned_data))
        if armed is not None:
            return redirect("safety:timer")
    return _page(request, arm=form)


def _page(request: Request, *, arm: ArmForm | None = None, end: EndForm | None = None) -> HttpResponse:
    actor = request.actor
    running = queries.current_timer(actor)
    refused = any(form is not None and form.is_bound for form in (arm, end))
    context = {
        "timer": running,
        "state": running.state if running else "",
        "site": site_names([running.site_id]).get(running.site_id, "") if running and running.site_id else "",
        "arm": arm or ArmForm(actor),
        "end": end or EndForm(),
        "has_codes": queries.has_codes(actor),
        "oncall": queries.oncall_number(actor.organisation_id),
        "has_chain": queries.chain_of(actor.organisation_id).exists(),
    }
    return render(request, "safety/timer.html", context, status=422 if refused else 200)


@require_GET
def timer_state(request: Request) -> HttpResponse:
    """The state of one's timer, asked until a worker has taken it in."""
    require(request.actor, "safety.alert")
    running = queries.current_timer(request.actor)
    oncall = queries.oncall_number(request.actor.organisation_id)
    context = {"timer": running, "state": running.state if running else "", "oncall": oncall}
    return render(request, "safety/_state.html", context)


@require_POST
def prolong(request: Request, timer_id: uuid.UUID) -> HttpResponse:
    """More time, from now."""
    queries.get_timer(request.actor, timer_id)
    form = ProlongForm(request.POST)
    if not form.is_valid():
        messages.error(request, "Choisissez une durée, entre 5 et 240 minutes.")
        return redirect("safety:timer")
    write = partial(services.prolong_timer, actor=request.actor, timer_id=timer_id, **form.cleaned_data)
    return act(request, write, "", "safety:timer")


@require_POST
def end(request: Request, timer_id: uuid.UUID) -> HttpResponse:
    """« Tout va bien »: the two codes answer the same."""
    queries.get_timer(request.actor, timer_id)
    form = EndForm(request.POST)
    code = form.cleaned_data["code"] if form.is_valid() else ""
    try:
        services.end_timer(actor=request.actor, timer_id=timer_id, code=code)
    except InvalidInput as refusal:
        refuse(form, refusal)
        return _page(request, end=form)
    messages.success(request, "Minuteur terminé.")
    return redirect("safety:timer")


@require_http_methods(["GET", "POST"])
def codes(request: Request) -> HttpResponse:
    """Choose the two codes, or erase them."""
    require(request.actor, "safety.alert")
    if request.POST.get("effacer"):
        services.erase_codes(actor=request.actor)
        messages.success(request, "Codes effacés : mettre fin au minuteur ne demandera plus rien.")
        return redirect("safety:codes")
    form = CodesForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            services.set_codes(actor=request.actor, **form.cleaned_data)
        except InvalidInput as refusal:
            for name, sentences in refusal.errors.items():
                form.add_error(name, sentences)
        else:
            messages.success(request, "Codes enregistrés. Personne ne peut les relire, vous non plus.")
            return redirect("safety:timer")
    context = {"form": form, "has_codes": queries.has_codes(request.actor)}
    return render(request, "safety/codes.html", context, status=422 if form.is_bound else 200)


@require_http_methods(["GET", "POST"])
def chain(request: Request) -> HttpResponse:
    """The on-call chain of the organisation."""
    actor = request.actor
    require(actor, "safety.set_chain")
    rows = ChainFormSet(actor, request.POST or None, initial=chain_initial(actor))
    if request.method == "POST" and rows.is_valid():
        facts, filled = rungs_of(rows)
        try:
            set_chain(actor=actor, rungs=facts)
        except InvalidInput as refusal:
            for name, sentences in refusal.errors.items():
                field, _, row = name.rpartition("-")
                filled[int(row)].add_error(field, sentences)
        else:
            messages.success(request, "Chaîne d’astreinte enregistrée.")
            return redirect("safety:home")
    return render(request, "safety/chain.html", {"rows": rows}, status=422 if rows.is_bound else 200)
