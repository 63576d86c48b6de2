"""The four pages of an import: choose a file, read its preview, confirm, take the empty model.

Shared with the modules above that bring their own records through ``services.Importer``.
"""

import io
import uuid
from dataclasses import dataclass

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render

from entremise.accounts.queries import choices_for
from entremise.core.errors import InvalidInput
from entremise.core.http import Request
from entremise.core.permissions import require
from entremise.core.ui.saving import refuse
from entremise.documents.services import Column, Sheet, read_table, write_xlsx
from entremise.places import services
from entremise.places.services import Importer

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


class ImportForm(forms.Form):
    """A spreadsheet to read."""

    file = forms.FileField(
        label="Fichier",
        help_text="Un tableur .xlsx, .ods ou .csv : 5 Mo et 2 000 lignes au plus.",
        widget=forms.FileInput({"accept": ".xlsx,.ods,.csv"}),
    )


@dataclass(frozen=True, kw_only=True)
class ImportPages:
    """What differs from one import to another.

    ``module`` names the addresses ``<module>:import…``; ``choosing`` and ``reading`` are the templates of the first
    two pages; ``listing`` is where one goes afterwards; ``values`` is the closed list (its reference, its name) that
    the model spells out.
    """

    importer: Importer
    module: str
    choosing: str
    reading: str
    listing: str
    sheet: str
    values: tuple[str, str]

    def choose(self, request: Request) -> HttpResponse:
        """Choose a file; what it holds is shown before anything is imported."""
        require(request.actor, self.importer.permission)
        form = ImportForm(request.POST, request.FILES) if request.method == "POST" else ImportForm()
        if request.method == "POST" and form.is_valid():
            try:
                table = read_table(form.cleaned_data["file"], max_rows=services.MAX_ROWS)
                draft = services.preview_import(actor=request.actor, importer=self.importer, table=table)
            except InvalidInput as refusal:
                refuse(form, refusal)
            else:
                return redirect(f"{self.module}:import_preview", draft.pk)
        context = {"form": form, "columns": self.importer.columns}
        return render(request, self.choosing, context, status=422 if form.errors else 200)

    def preview(self, request: Request, draft_id: uuid.UUID) -> HttpResponse:
        """The lines that will be imported and those refused, with row, column and reason."""
        require(request.actor, self.importer.permission)
        draft = services.get_import_draft(actor=request.actor, draft_id=draft_id, kind=self.importer.kind)
        return render(request, self.reading, services.preview_context(self.importer, draft))

    def confirm(self, request: Request, draft_id: uuid.UUID) -> HttpResponse:
        """Import the valid lines."""
        try:
            count = services.confirm_import(actor=request.actor, importer=self.importer, draft_id=draft_id)
        except InvalidInput as refusal:
            messages.error(request, " ".join(refusal.errors["file"]))
            return redirect(f"{self.module}:import")
        one, several = self.importer.noun
        messages.success(request, f"{count} {several} importés." if count > 1 else f"1 {one} importé.")
        return redirect(self.listing)

    def model(self, request: Request) -> HttpResponse:
        """An empty spreadsheet with the right columns, and what each one expects."""
        require(request.actor, self.importer.permission)
        reference, name = self.values
        columns = self.importer.columns
        offered = choices_for(request.actor.organisation_id, reference)[reference].offered
        explained = [*((column.title, column.help) for column in columns), *((name, label) for _, label in offered)]
        buffer = io.BytesIO()
        sheet = Sheet(self.sheet, [Column(column.title, width=24) for column in columns], [])
        write_xlsx(buffer, [sheet], definitions=explained)
        response = HttpResponse(buffer.getvalue(), content_type=XLSX)
        response["Content-Disposition"] = f'attachment; filename="modele-{self.sheet.lower()}.xlsx"'
        return response
