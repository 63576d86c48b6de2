"""One's own portfolio: coverage, statement, freezing, taking away."""

import uuid
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from entremise.core.errors import FORM, InvalidInput
from entremise.core.http import Request, as_file
from entremise.core.permissions import require
from entremise.core.time import now
from entremise.core.ui.saving import saved
from entremise.practice import ledger
from entremise.practice.enums import AttestationKind
from entremise.practice.exports.portfolio import archive
from entremise.practice.forms.portfolio import StatementForm
from entremise.practice.queries import portfolio as queries
from entremise.practice.queries.document import document
from entremise.practice.queries.evidence_files import files_of
from entremise.practice.queries.ledger import ledger_lines, signed_of, totals_of
from entremise.practice.services import portfolio as services
from entremise.practice.views.base import confided


@confided
@require_safe
def portfolio(request: Request) -> HttpResponse:
    """What is there, what it covers, what is thin."""
    require(request.actor, "practice.keep_portfolio")
    return render(request, "practice/portfolio.html", _shown(request))


def _shown(
    request: Request, statement: StatementForm | None = None, refused: list[str] | None = None
) -> dict[str, Any]:
    actor = request.actor
    lines, record = queries.evidence_lines(actor), queries.target_record()
    signed = signed_of(actor, [line.evidence for line in lines])
    blocks = queries.coverage(lines, record)
    totals = totals_of(ledger_lines(actor))
    said = queries.own_statement(actor)
    initial = {"use": said.use, "words": said.words} if said else {}
    return {
        "lines": lines,
        "record": record,
        "blocks": blocks,
        "counts": queries.cover_counts(blocks),
        "totals": totals,
        "lacking": ledger.missing(totals, record.validation_hours, record.entry_months),
        "reuse": [one for one in signed if one.attestation.kind == AttestationKind.REUSE],
        "statement": said,
        "form": statement or StatementForm(initial=initial),
        "missing": services.missing_to_freeze(actor, lines, signed) if refused is None else refused,
        "refused": refused is not None,
        "snapshots": queries.list_snapshots(actor)[:10],
    }


@confided
@require_POST
def state(request: Request) -> HttpResponse:
    """The statement of AI use."""
    require(request.actor, "practice.keep_portfolio")
    form = StatementForm(request.POST)
    if saved(form, lambda: services.state_ai_use(actor=request.actor, command=form.command())):
        messages.success(request, "Votre déclaration est enregistrée.")
        return redirect("practice:portfolio")
    return render(request, "practice/portfolio.html", _shown(request, form), status=422)


@confided
@require_POST
def freeze(request: Request) -> HttpResponse:
    """Freeze it as it stands."""
    try:
        found = services.freeze_portfolio(actor=request.actor)
    except InvalidInput as refusal:
        return render(request, "practice/portfolio.html", _shown(request, refused=refusal.errors[FORM]), status=422)
    messages.success(
        request, "Le portfolio est figé. Vous pouvez l’emporter, ou le déposer dans votre dossier de candidat."
    )
    return redirect("practice:snapshot", found.pk)


@confided
@require_safe
def snapshot(request: Request, snapshot_id: uuid.UUID) -> HttpResponse:
    """A frozen portfolio, as a jury will read it."""
    found = queries.get_snapshot(request.actor, snapshot_id)
    shown = document(queries.read_snapshot(found), state="figé")
    return render(request, "practice/snapshot.html", {"snapshot": found, "document": shown})


@confided
@require_POST
def take_snapshot(request: Request, snapshot_id: uuid.UUID) -> HttpResponse:
    """Take a frozen portfolio away."""
    found = queries.get_snapshot(request.actor, snapshot_id)
    services.record_export(actor=request.actor, snapshot_id=found.pk)
    told = queries.read_snapshot(found)
    return _zip(archive(told, files_of(request.actor, told), frozen=True))


@confided
@require_POST
def take_portfolio(request: Request) -> HttpResponse:
    """Take it away as it stands today, before leaving."""
    require(request.actor, "practice.keep_portfolio")
    services.record_export(actor=request.actor, snapshot_id=None)
    told = services.portfolio_content(request.actor, at=now())
    return _zip(archive(told, files_of(request.actor, told), frozen=False))


def _zip(content: bytes) -> HttpResponse:
    return as_file(content, "application/zip", "portfolio.zip")
