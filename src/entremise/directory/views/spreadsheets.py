"""Import of partners from a spreadsheet: send, read the preview, confirm."""

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
from entremise.directory.forms import ImportForm
from entremise.directory.services import PARTNERS
from entremise.documents.services import Column, Sheet, read_table, write_xlsx
from entremise.places import services as places

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@require_http_methods(["GET", "POST"])
def import_partners(request: Request) -> HttpResponse:
    """Choose a file; what it holds is shown before anything is imported."""
    require(request.actor, "directory.manage")
    form = ImportForm(request.POST, request.FILES) if request.method == "POST" else ImportForm()
    if request.method == "POST" and form.is_valid():
        try:
            table = read_table(form.cleaned_data["file"], max_rows=places.MAX_ROWS)
            draft = places.preview_import(actor=request.actor, importer=PARTNERS, table=table)
        except InvalidInput as refusal:
            refuse(form, refusal)
        else:
            return redirect("directory:import_preview", draft.pk)
    context = {"form": form, "columns": PARTNERS.columns}
    return render(request, "directory/import.html", context, status=422 if form.errors else 200)


@require_GET
def import_preview(request: Request, draft_id: uuid.UUID) -> HttpResponse:
    """The lines that will be imported and those refused, with row, column and reason."""
    require(request.actor, "directory.manage")
    draft = places.get_import_draft(actor=request.actor, draft_id=draft_id, kind=PARTNERS.kind)
    return render(request, "directory/import_preview.html", places.preview_context(PARTNERS, draft))


@require_POST
def import_confirm(request: Request, draft_id: uuid.UUID) -> HttpResponse:
    """Import the valid lines."""
    try:
        count = places.confirm_import(actor=request.actor, importer=PARTNERS, draft_id=draft_id)
    except InvalidInput as refusal:
        messages.error(request, " ".join(refusal.errors["file"]))
        return redirect("directory:import")
    messages.success(request, f"{count} partenaires importés." if count > 1 else "1 partenaire importé.")
    return redirect("directory:partners")


@require_GET
def import_template(request: Request) -> HttpResponse:
    """An empty spreadsheet with the right columns, and what each one expects."""
    require(request.actor, "directory.manage")
    offered = choices_for(request.actor.organisation_id, "L20")["L20"].offered
    types = [("Type de partenaire", label) for _, label in offered]
    buffer = io.BytesIO()
    sheet = Sheet("Partenaires", [Column(column.title, width=24) for column in PARTNERS.columns], [])
    write_xlsx(buffer, [sheet], definitions=[*((column.title, column.help) for column in PARTNERS.columns), *types])
    response = HttpResponse(buffer.getvalue(), content_type=XLSX)
    response["Content-Disposition"] = 'attachment; filename="modele-partenaires.xlsx"'
    return response
