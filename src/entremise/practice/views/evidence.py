"""Choosing a record, comparing it with what will be said, keeping it; the author's own gesture each time."""

import uuid
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from entremise.core import pieces
from entremise.core.errors import Conflict
from entremise.core.http import Request
from entremise.core.permissions import require
from entremise.core.ui.formats import moment
from entremise.core.ui.lists import paginate
from entremise.core.ui.saving import posted, read_again, saved
from entremise.interventions.queries import ActFilters, describe, list_interventions
from entremise.mediations.queries.gestures import own_cases
from entremise.practice.enums import EvidenceKind
from entremise.practice.forms.portfolio import EvidenceForm
from entremise.practice.queries import portfolio as queries
from entremise.practice.queries.evidence_files import file_of, get_file
from entremise.practice.queries.ledger import signed_of
from entremise.practice.queries.sheets import lines_of, list_sheets
from entremise.practice.queries.sources import Source, facts_of, source_of, when_said
from entremise.practice.saying import ENOUGH
from entremise.practice.services import evidence as services
from entremise.practice.views.base import confided

CROSSED = "Cette preuve a été enregistrée dans une autre fenêtre. Relisez, puis enregistrez de nouveau."


@confided
@require_safe
def choose(request: Request, evidence_kind: str) -> HttpResponse:
    """One's own acts, mediations or sheets, to make evidence of one of them."""
    actor = request.actor
    require(actor, "practice.keep_portfolio")
    used = queries.used_sources(queries.evidence_lines(actor))
    rows: list[tuple[uuid.UUID, str]]
    page = None
    if evidence_kind == EvidenceKind.ACT:
        page = paginate(request, list_interventions(actor, ActFilters(mine=True)))
        rows = [
            (line.act.pk, f"{line.register}, {line.site}, {moment(line.act.occurred_at)}")
            for line in describe(actor, page.items)
        ]
    elif evidence_kind == EvidenceKind.SHEET:
        page = paginate(request, list_sheets(actor))
        rows = [(line.sheet.pk, line.title) for line in lines_of(page.items)]
    elif evidence_kind == EvidenceKind.MEDIATION:
        rows = [
            (case.pk, f"Médiation {case.reference}, {case.get_stage_display().lower()}") for case in own_cases(actor)
        ]
    else:
        raise Http404
    found = [(identifier, words, used.get(str(identifier))) for identifier, words in rows]
    context = {"kind": EvidenceKind(evidence_kind), "rows": found, "page": page}
    return render(request, "practice/evidence_choose.html", context)


@confided
@require_http_methods(["GET", "POST"])
def begin(request: Request, evidence_kind: str) -> HttpResponse:
    """Evidence that its author tells from the first word."""
    require(request.actor, "practice.keep_portfolio")
    if evidence_kind not in EvidenceKind.values:
        raise Http404
    return _begin(request, evidence_kind, None)


@confided
@require_http_methods(["GET", "POST"])
def begin_from(request: Request, evidence_kind: str, own_record_id: uuid.UUID) -> HttpResponse:
    """Evidence that starts from one's own record: nothing is written before it is kept."""
    require(request.actor, "practice.keep_portfolio")
    if evidence_kind not in EvidenceKind.values:
        raise Http404
    return _begin(request, evidence_kind, own_record_id)


def _begin(request: Request, kind: str, source_id: uuid.UUID | None) -> HttpResponse:
    actor = request.actor
    source = source_of(actor, kind, source_id)
    form = EvidenceForm(posted(request), request.FILES or None, kind=kind, source=source, actor=actor)
    kept = saved(form, lambda: services.keep_evidence(actor=actor, command=form.command()))
    if kept is not None:
        messages.success(request, "La preuve est dans votre portfolio. Vous seul la lisez.")
        return redirect("practice:evidence", kept.pk)
    return _compared(request, form, source, None)


@confided
@require_http_methods(["GET", "POST"])
def edit(request: Request, evidence_id: uuid.UUID) -> HttpResponse:
    """Read it again beside its record, and write it again."""
    actor = request.actor
    found = queries.get_evidence(actor, evidence_id)
    told = queries.told_by(found)
    kept_from = uuid.UUID(told["source"]) if told["source"] else None
    source = source_of(actor, found.kind, kept_from, services.month_of(told["on"]))
    initial = told | (told["document"] or {}) | {"base_version": found.version}
    initial["keeps_file"] = "file" if file_of(found) else "digest"
    initial["traits"] = [":".join(trait) for trait in told["traits"]]
    form = EvidenceForm(
        posted(request), request.FILES or None, kind=found.kind, source=source, actor=actor, initial=initial
    )

    def write() -> Any:
        version = form.cleaned_data["base_version"] or 0
        return services.change_evidence(actor=actor, evidence_id=found.pk, command=form.command(), base_version=version)

    try:
        if saved(form, write) is not None:
            messages.success(request, "La preuve est enregistrée.")
            return redirect("practice:evidence", found.pk)
    except Conflict:
        form.add_error(None, CROSSED)
        read_again(form, found.version)
    return _compared(request, form, source, found)


def _compared(request: Request, form: EvidenceForm, source: Source, evidence: Any) -> HttpResponse:
    context = {
        "form": form,
        "source": source,
        "evidence": evidence,
        "kind": EvidenceKind(form.kind),
        "period": when_said(source.said),
        "left_out": facts_of(request.actor, source.left_out),
        "enough": ENOUGH,
        "proposed": form.proposed,
    }
    return render(request, "practice/evidence_form.html", context, status=422 if form.errors else 200)


@confided
@require_safe
def evidence(request: Request, evidence_id: uuid.UUID) -> HttpResponse:
    """One piece of evidence and who attested it."""
    found = queries.get_evidence(request.actor, evidence_id)
    line = queries.EvidenceLine(found, queries.told_by(found))
    blocks = queries.coverage([line], queries.target_record())
    signed = [one for one in signed_of(request.actor, [found]) if one.attestation.evidence_id == found.pk]
    shown = [one for block in blocks for one in block.competences if one.lines]
    context = {"line": line, "competences": shown, "signed": signed, "file": file_of(found)}
    return render(request, "practice/evidence.html", context)


@confided
@require_safe
def evidence_file(request: Request, evidence_id: uuid.UUID) -> HttpResponse:
    """The file of an outside document, as its author deposited it."""
    found = get_file(request.actor, evidence_id)
    return pieces.as_attachment(found.content, found.media_type, "document")


@confided
@require_POST
def remove(request: Request, evidence_id: uuid.UUID) -> HttpResponse:
    """Take it out of the portfolio."""
    services.remove_evidence(actor=request.actor, evidence_id=evidence_id)
    messages.success(request, "La preuve est retirée. Ce dont elle venait n’a pas changé.")
    return redirect("practice:portfolio")
