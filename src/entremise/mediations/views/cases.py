"""The list, the opening, the page of a case and its way through the stages."""

import uuid
from functools import partial

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from entremise.core.http import Request
from entremise.core.permissions import can, require
from entremise.core.reflection import gesture_for
from entremise.core.time import today
from entremise.core.ui.lists import paginate
from entremise.core.ui.saving import posted, saved
from entremise.interventions.queries import get_intervention
from entremise.mediations import presets, process
from entremise.mediations.enums import Ground, Stage
from entremise.mediations.filters import CaseFilterForm
from entremise.mediations.forms.cases import AcceptForm, CloseForm, ForbidForm, OpenCaseForm, OpenFromActForm
from entremise.mediations.forms.people import DecisionForm, WarnForm
from entremise.mediations.models import Case
from entremise.mediations.queries import case_lines, facts_of, get_case, get_vault, parties_of, ways_of
from entremise.mediations.queries.acts import act_of, saisine_of
from entremise.mediations.queries.agreement import follow_ups_of, latest_agreement
from entremise.mediations.queries.oversight import alerts_of, disclosures_of
from entremise.mediations.queries.thread import left_stages, thread_of
from entremise.mediations.reflection import KIND
from entremise.mediations.services import accept_case, close_case, forbid_case, move_case, open_case
from entremise.mediations.services.reading import read_vault
from entremise.mediations.views.base import frame, in_vault, sides, told


@require_safe
def index(request: Request) -> HttpResponse:
    """One's mediations and, for a coordinator, the stage and dates of the team's."""
    actor = request.actor
    require(actor, "mediations.use")
    form = CaseFilterForm(request.GET, actor=actor)
    page = paginate(request, form.listed())
    context = {"form": form, "page": page, "lines": case_lines(actor, page.items), "filtered": form.is_filtered}
    context |= {"can_open": can(actor, "mediations.open"), "can_count": can(actor, "mediations.count")}
    return render(request, "mediations/list.html", context)


@require_http_methods(["GET", "POST"])
def open_new(request: Request) -> HttpResponse:
    """A saisine."""
    actor = request.actor
    require(actor, "mediations.open")
    form = OpenCaseForm(posted(request), actor=actor, initial={"asked_on": today()})
    case = saved(form, lambda: open_case(actor=actor, command=form.command()))
    if case:
        messages.success(request, f"Médiation {case.reference} ouverte. Ajoutez maintenant les parties.")
        return redirect("mediations:case", case.pk)
    return render(request, "mediations/open.html", {"form": form, "act": None}, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
def open_from_act(request: Request, act_id: uuid.UUID) -> HttpResponse:
    """A saisine that starts from an act: what it says is there, to be read again before it is kept."""
    actor = request.actor
    act = get_intervention(actor, act_id)
    require(actor, "mediations.open")
    form = OpenFromActForm(posted(request), actor=actor, initial=saisine_of(actor, act))
    case = saved(form, lambda: open_case(actor=actor, command=form.command(act_id)))
    if case:
        messages.success(request, f"Médiation {case.reference} ouverte depuis l’intervention {act.reference}.")
        return redirect("mediations:case", case.pk)
    return render(request, "mediations/open.html", {"form": form, "act": act}, status=422 if form.errors else 200)


@require_safe
@in_vault
def show(request: Request, case_id: uuid.UUID) -> HttpResponse:
    """The running thread of a case for its mediators; its stage and dates for who supervises."""
    actor = request.actor
    case = get_case(actor, case_id)
    if not can(actor, "mediations.vault", case):
        return _stage(request, case)
    case = read_vault(actor=actor, case_id=case_id, what="case")
    parties = parties_of(case)
    facts = facts_of(case)
    context = frame(
        case,
        sides=sides(parties),
        thread=thread_of(case, parties),
        ways=ways_of(case, facts),
        facts=facts,
        alerts=list(alerts_of(actor).filter(case=case)),
        agreement=latest_agreement(case),
        follow_ups=follow_ups_of(case),
        stages=_stages(case),
        help=presets.HELP.get(case.ground, ""),
        ground=Ground(case.ground).label if case.ground else "",
        act=act_of(actor, case),
        analysis=gesture_for(actor, KIND, case.pk),
    )
    return render(request, "mediations/case.html", context)


def _stages(case: Case) -> list[tuple[Stage, bool, bool]]:
    """Each stage, whether the case left it behind, whether it stands there."""
    here = Stage(case.stage)
    left = left_stages(case)
    return [(stage, stage in left and process.is_forward(stage, here), stage == here) for stage in process.ORDER]


def _stage(request: Request, case: Case) -> HttpResponse:
    """What a coordinator sees: stage, dates, exceptions asked for, a way to warn."""
    context = {"case": case, "line": case_lines(request.actor, [case])[0], "asked": disclosures_of(case)}
    return render(request, "mediations/stage.html", context | {"warning": WarnForm(), "decision": DecisionForm()})


@require_http_methods(["GET", "POST"])
@in_vault
def admit(request: Request, case_id: uuid.UUID) -> HttpResponse:
    """Go through every ground that forbids a mediation, and say that none is there."""
    actor = request.actor
    case = get_vault(actor, case_id)
    form = AcceptForm(posted(request))
    accept = partial(accept_case, actor=actor, case_id=case_id)
    if saved(form, lambda: accept(nothing_forbids=form.cleaned_data["nothing_forbids"])):
        messages.success(request, "La médiation est recevable. Prenez contact avec l’autre partie.")
        return redirect("mediations:case", case_id)
    context = frame(case, form=form, grounds=Ground.choices)
    return render(request, "mediations/admit.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
@in_vault
def stop(request: Request, case_id: uuid.UUID) -> HttpResponse:
    """Something forbids mediating: stop, and see what helps."""
    actor = request.actor
    case = get_vault(actor, case_id)
    form = ForbidForm(posted(request))
    if saved(form, lambda: forbid_case(actor=actor, case_id=case_id, ground=form.cleaned_data["ground"])):
        messages.success(request, "Médiation arrêtée. Les autres liront seulement que le cadre n’est pas adapté.")
        return redirect("mediations:case", case_id)
    context = frame(case, form=form, not_suited=presets.NOT_SUITED)
    return render(request, "mediations/stop.html", context, status=422 if form.errors else 200)


@require_POST
@in_vault
def move(request: Request, case_id: uuid.UUID) -> HttpResponse:
    """Go to another stage."""
    target = request.POST.get("target", "")
    write = partial(move_case, actor=request.actor, case_id=case_id, target=target)
    done = f"Étape : {Stage(target).label}." if target in Stage.values else ""
    return told(request, write, done, case_id)


@require_http_methods(["GET", "POST"])
@in_vault
def close(request: Request, case_id: uuid.UUID) -> HttpResponse:
    """Close, with one of the outcomes this stage allows."""
    actor = request.actor
    case = get_vault(actor, case_id)
    form = CloseForm(posted(request), endings=ways_of(case, facts_of(case)).endings)
    if saved(form, lambda: close_case(actor=actor, case_id=case_id, outcome=form.cleaned_data["outcome"])):
        messages.success(request, "Médiation close. Ses paroles s’effaceront dans un an.")
        return redirect("mediations:case", case_id)
    return render(request, "mediations/close.html", frame(case, form=form), status=422 if form.errors else 200)
