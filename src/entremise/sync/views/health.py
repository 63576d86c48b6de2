"""« Santé des téléphones », for coordinators."""

import uuid

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from entremise.accounts.queries import member_names
from entremise.core.http import Request
from entremise.core.permissions import require
from entremise.core.ui.lists import paginate
from entremise.sync import registry
from entremise.sync.enums import SETTLED
from entremise.sync.queries.health import HELD_LONG, phone_lines
from entremise.sync.queries.media import missing_files
from entremise.sync.queries.operations import list_conflicts, strays, supervised_operations
from entremise.sync.services import leave_aside, retry_operation


@require_GET
def health(request: Request) -> HttpResponse:
    """Phones in trouble, operations that wait or were set aside: who, what, when; neither words nor places."""
    require(request.actor, "sync.supervise")
    page = paginate(request, supervised_operations(request.actor))
    names = member_names({row.member_id for row in page})
    rows = [(row, names.get(row.member_id, ""), registry.label_of(row.schema)) for row in page]
    context = {
        "lines": phone_lines(request.actor),
        "page": page,
        "rows": rows,
        "strays": list(strays(request.actor)[:50]),
        "conflicts": list_conflicts(request.actor).count(),
        "photos": missing_files(request.actor).exists(),
        "days": HELD_LONG.days,
    }
    return render(request, "sync/health.html", context)


@require_POST
def retry(request: Request, operation_id: uuid.UUID) -> HttpResponse:
    """Take up again an operation kept aside."""
    row = retry_operation(actor=request.actor, operation_id=operation_id)
    if row.status in SETTLED:
        messages.success(request, "La saisie est enregistrée.")
    else:
        messages.warning(request, f"La saisie reste gardée : {row.get_reason_display() or row.get_status_display()}.")
    return redirect("sync:health")


@require_POST
def aside(request: Request, operation_id: uuid.UUID) -> HttpResponse:
    """Nothing more to do about it: it leaves the page, and is kept."""
    leave_aside(actor=request.actor, operation_id=operation_id)
    messages.success(request, "C’est noté : cette saisie quitte la page, elle reste gardée.")
    return redirect("sync:health")
