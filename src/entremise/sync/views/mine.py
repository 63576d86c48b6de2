"""What an author sent that asks for something: to correct, waiting, set aside; and the file of a phone."""

import uuid
from typing import Any

from django.contrib import messages
from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from entremise.core.errors import InvalidInput
from entremise.core.http import Request
from entremise.core.permissions import require
from entremise.core.ui.lists import paginate
from entremise.sync import registry
from entremise.sync.enums import OperationStatus
from entremise.sync.forms import ImportForm, field_by_field
from entremise.sync.models import Receipt
from entremise.sync.office import OfficeForm, Refusal, changes, office_of, say
from entremise.sync.queries.health import own_counts
from entremise.sync.queries.media import missing_files
from entremise.sync.queries.operations import get_own_operation, own_operations, payload_of
from entremise.sync.services import answers, correct_rejected, import_file


@require_GET
def mine(request: Request) -> HttpResponse:
    """One's own operations that are not settled."""
    require(request.actor, "sync.own_devices")
    page = paginate(request, own_operations(request.actor))
    rows = [(row, registry.label_of(row.schema)) for row in page]
    photos = missing_files(request.actor).exists()
    context = {"page": page, "rows": rows, "counts": own_counts(request.actor), "photos": photos}
    return render(request, "sync/mine.html", context)


@require_http_methods(["GET", "POST"])
def operation(request: Request, operation_id: uuid.UUID) -> HttpResponse:
    """One operation in words; when it was refused, the form of its kind, filled, with what stands against it."""
    row = get_own_operation(request.actor, operation_id)
    kind = registry.kind_of(row.schema.partition("/")[0])
    payload = payload_of(row) if kind else {}
    context: dict[str, Any] = {"row": row, "label": registry.label_of(row.schema), "words": []}
    if kind:
        context["words"] = [_said(request, kind, name, value) for name, value in payload.items()]
    if kind and row.status == OperationStatus.REFUSEE and row.replaced_by is None and payload:
        office = office_of(kind.name) or field_by_field(kind)
        refusal = Refusal(entity_id=row.entity_id, payload=payload, errors=answers.read(row).get("errors", {}))
        form = office.build(request.actor, refusal, request.POST if request.method == "POST" else None)
        if request.method == "POST" and _corrected(request, row, office, refusal, form):
            return redirect("sync:mine")
        if not form.is_bound:
            say(form, refusal.errors)
        context |= {"form": form, "office": office, **(office.context(form) if office.context else {})}
    return render(request, "sync/operation.html", context, status=422 if request.method == "POST" else 200)


def _said(request: Request, kind: registry.Kind, name: str, value: object) -> tuple[str, str]:
    """The label of a field and its value in words; of a correction, what it puts in place."""
    if kind.merge and isinstance(value, list) and len(value) == 2 and kind.resolve:
        value = value[1]
    return kind.fields.get(name, name), kind.words(request.actor, name, value) if kind.words else str(value)


def _corrected(request: Request, row: Receipt, office: OfficeForm, refusal: Refusal, form: Form) -> bool:
    if not form.is_valid():
        return False
    try:
        typed = changes(refusal, office.payload(form, refusal))
        done = correct_rejected(actor=request.actor, operation_id=row.operation_id, changes=typed)
    except InvalidInput as invalid:
        say(form, invalid.errors)
        return False
    messages.success(request, f"Votre saisie est maintenant : {done.get_status_display().lower()}.")
    return True


@require_http_methods(["GET", "POST"])
def import_page(request: Request) -> HttpResponse:
    """Bring the sealed file of a phone."""
    require(request.actor, "sync.own_devices")
    form = ImportForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        try:
            told = import_file(actor=request.actor, content=form.cleaned_data["file"].read())
        except InvalidInput as invalid:
            form.add_error("file", invalid.errors["file"][0])
        else:
            lines = [
                (OperationStatus(code).label if code in OperationStatus.values else "Appareil inconnu", count)
                for code, count in told.items()
            ]
            return render(request, "sync/imported.html", {"lines": lines})
    return render(request, "sync/import.html", {"form": form}, status=422 if form.is_bound else 200)
