"""« À purger »: the rules, their runs and proofs, what waits for a confirmation."""

import uuid
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from entremise.accounts.queries import member_names
from entremise.core import personal
from entremise.core.errors import InvalidInput, NotFound
from entremise.core.http import Request
from entremise.core.permissions import can, require
from entremise.core.ui.lists import paginate
from entremise.core.ui.saving import act, refuse
from entremise.privacy.enums import RunStatus, Suspension
from entremise.privacy.forms.retention import DurationForm, RunFilterForm
from entremise.privacy.queries.durations import proposal_of
from entremise.privacy.queries.retention import due_under, get_run, lines, list_runs, run_lines
from entremise.privacy.services import retention

SHOWN = 10  # runs under a rule


@require_safe
def purge(request: Request) -> HttpResponse:
    """Every rule: what, how long, how much is due, the last proof."""
    require(request.actor, "privacy.view_retention")
    found = lines(request.actor)
    context = {
        "decided": [line for line in found if line.rule.is_run and not line.rule.routine],
        "routine": [line for line in found if line.rule.is_run and line.rule.routine],
        "tied": [line for line in found if not line.rule.is_run],
        "waiting": run_lines(line.waiting for line in found if line.waiting),
        "may_decide": can(request.actor, "privacy.decide_retention"),
    }
    return render(request, "privacy/purge.html", context)


@require_POST
def recount(request: Request) -> HttpResponse:
    """Count again what is due, now."""
    count = retention.count_all(actor=request.actor)
    messages.success(request, f"{count} règles comptées. Rien n’a été effacé.")
    return redirect("privacy:purge")


@require_safe
def rule(request: Request, rule_code: str) -> HttpResponse:
    """One rule: its definition, its duration, its last runs."""
    return _rule_page(request, rule_code)


def _rule_page(request: Request, rule_code: str, form: DurationForm | None = None) -> HttpResponse:
    require(request.actor, "privacy.view_retention")
    found = next((line for line in lines(request.actor) if line.rule.code == rule_code), None)
    if found is None:
        raise NotFound("retention rule")
    processings = {one.code: one for one in personal.processings()}
    assert request.actor.organisation_id is not None
    proposal = proposal_of(request.actor.organisation_id, rule_code)
    context = {
        "line": found,
        "processing": processings[found.rule.processing],
        "proposal": proposal,
        "proposed_due": due_under(request.actor, found.rule, proposal.days) if proposal else 0,
        "runs": run_lines(list_runs(request.actor, rule_code)[:SHOWN]),
        "form": form or DurationForm(),
        "may_decide": can(request.actor, "privacy.decide_retention"),
        "may_choose": found.rule.is_run and found.rule.per_organisation and not found.rule.routine,
        "may_run": found.rule.is_run and found.rule.per_organisation,
    }
    return render(request, "privacy/purge_rule.html", context, status=422 if form else 200)


@require_POST
def rehearse(request: Request, rule_code: str) -> HttpResponse:
    """A dry run: count what the rule would do now."""
    run = retention.rehearse_rule(actor=request.actor, rule_code=rule_code)
    messages.success(request, "Passage à blanc fait : rien n’a été effacé.")
    return redirect("privacy:purge_run", run.pk)


@require_POST
def choose(request: Request, rule_code: str) -> HttpResponse:
    """Another duration, with its reason."""
    require(request.actor, "privacy.decide_retention")
    form = DurationForm(request.POST)
    if form.is_valid():
        try:
            choice = retention.choose_duration(actor=request.actor, rule_code=rule_code, **form.cleaned_data)
        except InvalidInput as refusal:
            refuse(form, refusal)
        else:
            if choice.confirmed_at:
                messages.success(request, "La durée est en vigueur.")
            else:
                messages.info(request, "La durée est notée. Relisez ce qu’elle rendrait échu, puis confirmez-la.")
            return redirect("privacy:purge_rule", rule_code)
    return _rule_page(request, rule_code, form)


@require_POST
def confirm_duration(request: Request, rule_code: str) -> HttpResponse:
    """Put the shorter duration in force."""
    retention.confirm_duration(actor=request.actor, rule_code=rule_code)
    messages.success(request, "La durée est en vigueur : le passage de la nuit prochaine l’applique.")
    return redirect("privacy:purge_rule", rule_code)


@require_POST
def withdraw_duration(request: Request, rule_code: str) -> HttpResponse:
    """Back to the code’s duration."""
    retention.withdraw_duration(actor=request.actor, rule_code=rule_code)
    messages.success(request, "La durée du logiciel est de nouveau celle de votre organisation.")
    return redirect("privacy:purge_rule", rule_code)


@require_safe
def runs(request: Request) -> HttpResponse:
    """The history of runs, with their proofs."""
    require(request.actor, "privacy.view_retention")
    form = RunFilterForm(request.GET, rules=[(one.code, one.label) for one in personal.rules() if one.is_run])
    chosen = form.chosen
    page = paginate(request, list_runs(request.actor, chosen["regle"], chosen["etat"]))
    context = {"form": form, "page": page, "found": run_lines(page), "filtered": any(chosen.values())}
    return render(request, "privacy/purge_runs.html", context)


@require_safe
def run(request: Request, run_id: uuid.UUID) -> HttpResponse:
    """One run and its proof."""
    require(request.actor, "privacy.view_retention")
    found = get_run(request.actor, run_id)
    members = [member for member in (found.requested_by_id, found.confirmed_by_id) if member]
    names: dict[Any, str] = dict(member_names(members)) if members else {}
    context = {
        "line": run_lines([found])[0],
        "run": found,
        "why": Suspension(found.suspension).label if found.suspension else "",
        "requested_by": names.get(found.requested_by_id, ""),
        "confirmed_by": names.get(found.confirmed_by_id, ""),
        "may_confirm": _may_confirm(request, found),
        "known": found.rule_code in {one.code for one in personal.rules()},
    }
    return render(request, "privacy/purge_run.html", context)


def _may_confirm(request: Request, found: Any) -> bool:
    waits = found.status == RunStatus.SUSPENDU and found.confirmed_at is None
    return waits and found.suspension != Suspension.PLANCHER and can(request.actor, "privacy.decide_retention")


@require_POST
def confirm_run(request: Request, run_id: uuid.UUID) -> HttpResponse:
    """Agree to a suspended run, its count read."""
    return act(
        request,
        lambda: retention.confirm_run(actor=request.actor, run_id=run_id),
        "Le passage est confirmé : il se fera la nuit prochaine.",
        "privacy:purge_run",
        run_id,
    )
