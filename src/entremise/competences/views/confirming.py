"""From an export's texts to a record that may be used: blocks read again, jury typed, confirmation."""

import uuid
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from entremise.competences.forms import DemandForm, LinesForm, demands_known
from entremise.competences.models import Block
from entremise.competences.queries import confirming as queries
from entremise.competences.services import confirming as services
from entremise.core.errors import InvalidInput
from entremise.core.http import Request
from entremise.core.ui.saving import posted, refuse, saved


@require_safe
def confirming(request: Request, record_code: str) -> HttpResponse:
    """What is left before this record may be used."""
    return _shown(request, record_code)


def _shown(request: Request, record_code: str, form: DemandForm | None = None) -> HttpResponse:
    record = queries.get_prepared(request.actor, record_code)
    blocks, routes = list(record.blocks.all()), list(record.routes.all())
    asked = [route for route in routes if route.is_open]
    context = {
        "record": record,
        "blocks": blocks,
        "jury": next((route.jury for route in asked if route.jury), []),
        "is_typed": all(route.seats for route in asked),
        "left": sum(block.reread_at is None for block in blocks),
        "form": form or DemandForm(initial=demands_known(record)),
    }
    return render(request, "competences/confirming.html", context, status=422 if form else 200)


@require_POST
def demands(request: Request, record_code: str) -> HttpResponse:
    """Type the jury and the prerequisites."""
    form = DemandForm(request.POST)
    told: dict[str, Any] = {"actor": request.actor, "record_code": record_code}
    if saved(form, lambda: services.write_demands(facts=form.facts(), **told)):
        messages.success(request, "Le jury et les prérequis de la fiche sont écrits.")
        return redirect("competences:confirming", record_code)
    return _shown(request, record_code, form)


@require_POST
def confirm(request: Request, record_code: str) -> HttpResponse:
    """The record may be used."""
    try:
        services.confirm_record(actor=request.actor, record_code=record_code)
    except InvalidInput as refusal:
        messages.error(request, refusal.sentences)
        return redirect("competences:confirming", record_code)
    messages.success(request, "La fiche est confirmée : elle peut servir à vos sessions.")
    return redirect("competences:record", record_code)


@require_http_methods(["GET", "POST"])
def block(request: Request, block_id: uuid.UUID) -> HttpResponse:
    """The proposed competences of a block: correct, cut, join, confirm."""
    found = queries.get_block(request.actor, block_id)
    form = LinesForm(posted(request), lines=found.draft)
    if request.method == "POST":
        try:
            return _written(request, found, LinesForm.typed(request.POST))
        except InvalidInput as refusal:
            form.is_valid()
            refuse(form, refusal)
    context = {"subject": found, "form": form}  # inside its blocks, a template keeps the name « block » for itself
    return render(request, "competences/block.html", context, status=422 if form.errors else 200)


def _written(request: Request, found: Block, lines: list[str]) -> HttpResponse:
    """Joining the last with nothing, or an unreadable rank, joins nothing."""
    if "confirm" in request.POST:
        services.reread_block(actor=request.actor, block_id=found.pk, lines=lines)
        messages.success(request, f"Le bloc {found.code} est relu.")
        return redirect("competences:confirming", found.record.code)
    rank = request.POST.get("join", "")[:4]
    if rank.isdecimal() and 0 < (at := int(rank)) < len(lines):
        lines = [*lines[: at - 1], f"{lines[at - 1].strip()} {lines[at].strip()}", *lines[at + 1 :]]
    services.propose_lines(actor=request.actor, block_id=found.pk, lines=lines)
    return redirect("competences:block", found.pk)
