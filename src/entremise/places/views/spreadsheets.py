"""Import of sites from a spreadsheet: send, read the preview, confirm."""

import io
import uuid

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from entremise.accounts.queries import choices_for
from entremise.core.errors import InvalidInput
from entremise.core.http import Request
from entremise.core.permissions import require
from entremise.core.ui.saving import refuse
from entremise.documents.services import Column, Sheet, read_table, write_xlsx
from entremise.places import services
from entremise.places.forms import ImportForm

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@require_http_methods(["GET", "POST"])
def import_sites(request: Request) -> HttpResponse:
    """Choose a file; what it holds is shown before anything is imported."""
    require(request.actor, "places.manage")
    form = ImportForm(request.POST, request.FILES) if request.method == "POST" else ImportForm()
    if request.method == "POST" and form.is_valid():
        try:
            table = read_table(form.cleaned_data["file"], max_rows=services.MAX_ROWS)
            draft = services.preview_import(actor=request.actor, importer=services.SITES, table=table)
        except InvalidInput as refusal:
            refuse(form, refusal)
        else:
            return redirect("places:import_preview", draft.pk)
    context = {"form": form, "columns": services.SITES.columns}
    return render(request, "places/import.html", context, status=422 if form.errors else 200)


@require_GET
def import_preview(request: Request, draft_id: uuid.UUID) -> HttpResponse:
    """The lines that will be imported and those refused, with row, column and reason."""
    require(request.actor, "places.manage")
    draft = services.get_import_draft(actor=request.actor, draft_id=draft_id, kind=services.SITES.kind)
    context = services.preview_context(services.SITES, draft)
    return render(request, "places/import_preview.html", context)


@require_POST
def import_confirm(request: Request, draft_id: uuid.UUID) -> HttpResponse:
    """Import the valid lines."""
    try:
        count = services.confirm_import(actor=request.actor, importer=services.SITES, draft_id=draft_id)
    except InvalidInput as refusal:
        messages.error(request, " ".join(refusal.errors["file"]))
        return redirect("places:import")
    messages.success(request, f"{count} lieux importés." if count > 1 else "1 lieu importé.")
    return redirect("places:sites")


@require_GET
def import_template(request: Request) -> HttpResponse:
    """An empty spreadsheet with the right columns, and what each one expects."""
    require(request.actor, "places.manage")
    columns = services.SITES.columns
    types = [("Type d’espace", label) for _, label in choices_for(request.actor.organisation_id, "L4")["L4"].offered]
    buffer = io.BytesIO()
    sheet = Sheet("Lieux", [Column(column.title, width=24) for column in columns], [])
    write_xlsx(buffer, [sheet], definitions=[*((column.title, column.help) for column in columns), *types])
    response = HttpResponse(buffer.getvalue(), content_type=XLSX)
    response["Content-Disposition"] = 'attachment; filename="modele-lieux.xlsx"'
    return response
