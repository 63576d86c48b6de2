"""Candidate files: parse, call, render."""

import uuid
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from entremise.certification.civil import said_day
from entremise.certification.filters import CandidateFilters
from entremise.certification.forms.candidates import CandidacyForm, CivilForm, CompanionForm, NewCandidateForm
from entremise.certification.forms.preparing import PreparationForm
from entremise.certification.models import Candidate
from entremise.certification.queries import candidates as queries
from entremise.certification.queries.certifier import record_of, settings_of
from entremise.certification.queries.convocations import calls_of
from entremise.certification.queries.preparing import bodies_of, body_lines
from entremise.certification.queries.standing import standing_of
from entremise.certification.queries.vae import reads_vae
from entremise.certification.services import candidates as services
from entremise.core.errors import Conflict
from entremise.core.http import Request
from entremise.core.permissions import can, require
from entremise.core.ui.lists import paginate
from entremise.core.ui.saving import act, posted, read_again, saved


@require_safe
def candidates(request: Request) -> HttpResponse:
    """The candidates; for somebody who comes to the certification, their own file at once."""
    actor = request.actor
    filters = CandidateFilters(request.GET, actor=actor)
    page = paginate(request, filters.listed())
    queries.open_names(page.items)
    mine = queries.own_file(actor)
    manages = can(actor, "certification.manage")
    if mine is not None and not manages and len(page) == 1:
        return redirect("certification:candidate", mine.pk)
    lines = [(one, queries.open_candidacy(one)) for one in page.items]
    context = {"filters": filters, "page": page, "export": "candidats", "lines": lines, "manages": manages}
    return render(request, "certification/candidates.html", context)


@require_http_methods(["GET", "POST"])
def new_candidate(request: Request) -> HttpResponse:
    """Civil status, route and blocks, in one go."""
    require(request.actor, "certification.manage")
    form = NewCandidateForm(posted(request), actor=request.actor, record=record_of(request.actor))

    def write() -> Candidate:
        return services.open_candidate(
            actor=request.actor,
            civil_status=form.civil_status(),
            candidacy=form.facts(),
            is_another=form.cleaned_data["is_another"],
        )

    found = saved(form, write)
    if found is not None:
        messages.success(request, f"Le dossier {found.reference} est ouvert.")
        return redirect("certification:candidate", found.pk)
    form.ask_whether_another()
    return render(request, "certification/candidate_new.html", {"form": form}, status=422 if form.errors else 200)


@require_safe
def candidate(request: Request, candidate_id: uuid.UUID) -> HttpResponse:
    """A file: where the candidate stands, what is proven, what is left."""
    found = queries.get_candidate(request.actor, candidate_id)
    return render(request, "certification/candidate.html", _shown(request, found))


def _shown(request: Request, found: Any, form: Any = None) -> dict[str, Any]:
    actor = request.actor
    record, settings = record_of(actor), settings_of(actor)
    held = queries.open_candidacy(found)
    manages = can(actor, "certification.manage")
    told = manages or found.member_id == actor.member_id  # why a block was refused is not the trainer's to read
    standing = standing_of(actor, found, record, settings)
    calls = calls_of(found) if told and not found.erased_at else []
    titles = {block.code: block.title for block in record.blocks}
    for one in (one for call in calls for one in call.sittings):
        one.block_title = titles.get(one.block_code, one.block_code)
    enrolled = {one.block_code for one in held.enrolments.all()} if held else set()
    return {
        "candidate": found,
        "candidacy": held,
        "record": record,
        "standing": standing,
        "blocks": [(block, block.code in enrolled, standing.acquired.get(block.code)) for block in record.blocks],
        "calls": calls,
        "refusals": [(one, titles.get(one.block_code, one.block_code)) for one in standing.refusals] if told else [],
        "manages": manages,
        "born": said_day(found.born_on) if manages and not found.erased_at else "",
        "vae": reads_vae(actor, found),
        "warnings": queries.warnings_of(found) if manages else [],
        "companions": queries.companions_of(found) if manages else [],
        "preparation_form": _preparation(request, found) if manages else None,
        "form": form or (CompanionForm(actor=actor) if manages else None),
    }


def _preparation(request: Request, found: Candidate) -> PreparationForm | None:
    """Who prepares the candidate; nothing while the certifier knows no such body."""
    lines = body_lines(request.actor)
    known = bodies_of(found)
    return PreparationForm(bodies=lines, initial={"body_id": known[0].pk if known else ""}) if lines else None


@require_http_methods(["GET", "POST"])
def civil_status(request: Request, candidate_id: uuid.UUID) -> HttpResponse:
    """Correct the civil status."""
    require(request.actor, "certification.manage")
    found = queries.get_candidate(request.actor, candidate_id)
    known = vars(queries.civil_status_of(found)) | {"base_version": found.version}
    form = CivilForm(posted(request), actor=request.actor, initial=known)
    conflict = False
    try:
        write: dict[str, Any] = {"actor": request.actor, "candidate_id": found.pk}
        if saved(
            form,
            lambda: services.correct_civil_status(
                civil_status=form.civil_status(),
                base_version=form.cleaned_data["base_version"] or 0,
                is_another=form.cleaned_data["is_another"],
                **write,
            ),
        ):
            messages.success(request, "L’état civil est enregistré.")
            return redirect("certification:candidate", found.pk)
    except Conflict:
        conflict = True
        read_again(form, found.version)
    form.ask_whether_another()
    context = {"form": form, "candidate": found, "conflict": conflict, "warnings": queries.warnings_of(found)}
    return render(request, "certification/civil_status.html", context, status=422 if request.method == "POST" else 200)


@require_http_methods(["GET", "POST"])
def candidacy(request: Request, candidate_id: uuid.UUID) -> HttpResponse:
    """The route, the blocks and the proofs."""
    require(request.actor, "certification.manage")
    found = queries.get_candidate(request.actor, candidate_id)
    held = queries.open_candidacy(found)
    known: dict[str, Any] = {}
    if held:
        names = ("route", "experience_months", "experience_nature", "internship_hours")
        known = {name: getattr(held, name) for name in names}
        known["block_codes"] = [one.block_code for one in held.enrolments.all()]
    form = CandidacyForm(posted(request), record=record_of(request.actor), initial=known)
    write: dict[str, Any] = {"actor": request.actor, "candidate_id": found.pk}
    if saved(form, lambda: services.change_candidacy(facts=form.facts(), **write)):
        messages.success(request, "La candidature est enregistrée.")
        return redirect("certification:candidate", found.pk)
    context = {"form": form, "candidate": found, "candidacy": held}
    return render(request, "certification/candidacy.html", context, status=422 if form.errors else 200)


@require_POST
def withdraw(request: Request, candidate_id: uuid.UUID) -> HttpResponse:
    """The candidate stops; blocks already acquired stay."""
    told: dict[str, Any] = {"actor": request.actor, "candidate_id": candidate_id}
    done = "La candidature est close. Les blocs acquis le restent."
    return act(request, lambda: services.withdraw_candidacy(**told), done, "certification:candidate", candidate_id)


@require_POST
def companion(request: Request, candidate_id: uuid.UUID) -> HttpResponse:
    """Say who went with the candidate."""
    require(request.actor, "certification.manage")
    found = queries.get_candidate(request.actor, candidate_id)
    form = CompanionForm(request.POST, actor=request.actor)
    write: dict[str, Any] = {"actor": request.actor, "candidate_id": found.pk}
    if saved(form, lambda: services.name_companion(facts=form.facts(), **write)):
        return redirect("certification:candidate", found.pk)
    return render(request, "certification/candidate.html", _shown(request, found, form), status=422)
