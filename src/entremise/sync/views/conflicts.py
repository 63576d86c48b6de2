"""Two versions side by side."""

import uuid

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from entremise.accounts.queries import member_names
from entremise.core.errors import InvalidInput
from entremise.core.http import Request
from entremise.core.permissions import require
from entremise.core.ui.lists import paginate
from entremise.sync import registry
from entremise.sync.enums import ConflictState
from entremise.sync.forms import ConflictForm
from entremise.sync.queries.operations import comparison_of, get_conflict, list_conflicts
from entremise.sync.services import resolve_conflict


@require_GET
def conflicts(request: Request) -> HttpResponse:
    """What is to be compared: one's own, and for a coordinator that of their teams."""
    require(request.actor, "sync.own_devices")
    page = paginate(request, list_conflicts(request.actor))
    names = member_names({row.receipt.member_id for row in page})
    rows = [(row, names.get(row.receipt.member_id, "")) for row in page]
    return render(request, "sync/conflicts.html", {"page": page, "rows": rows})


@require_http_methods(["GET", "POST"])
def conflict(request: Request, conflict_id: uuid.UUID) -> HttpResponse:
    """Both versions of each field, who and when; choose, or for its author write a text that joins both."""
    row = get_conflict(request.actor, conflict_id)
    comparison = comparison_of(request.actor, row)
    may_write = row.receipt.member_id == request.actor.member_id
    data = request.POST if request.method == "POST" else None
    form = ConflictForm(data, comparison=comparison, may_write=may_write)
    if request.method == "POST" and form.is_valid():
        try:
            resolve_conflict(actor=request.actor, conflict_id=row.pk, **form.decision())
        except InvalidInput as invalid:
            for name, sentences in invalid.errors.items():
                form.add_error(name if name in form.fields else None, sentences)
        else:
            messages.success(request, "Votre choix est enregistré ; l’histoire de la fiche garde les deux versions.")
            return redirect("sync:conflicts")
    names = member_names([row.receipt.member_id, *([row.resolved_by_id] if row.resolved_by_id else [])])
    context = {
        "row": row,
        "form": form,
        "author": names.get(row.receipt.member_id, ""),
        "resolver": names.get(row.resolved_by_id, "") if row.resolved_by_id else "",
        "is_open": row.state == ConflictState.OUVERT,
        "url": _url(comparison.kind, row.entity_id),
    }
    return render(request, "sync/conflict.html", context, status=422 if form.is_bound else 200)


def _url(kind: registry.Kind, entity_id: uuid.UUID) -> str:
    return kind.url(entity_id) if kind.url else ""
