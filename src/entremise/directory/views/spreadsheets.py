"""Import of partners from a spreadsheet: send, read the preview, confirm."""

import uuid

from django.http import HttpResponse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from entremise.core.http import Request
from entremise.directory.services import PARTNERS
from entremise.places.importing import ImportPages

PAGES = ImportPages(
    importer=PARTNERS,
    module="directory",
    choosing="directory/import.html",
    reading="directory/import_preview.html",
    listing="directory:partners",
    sheet="Partenaires",
    values=("L20", "Type de partenaire"),
)


@require_http_methods(["GET", "POST"])
def import_partners(request: Request) -> HttpResponse:
    """Choose a file; what it holds is shown before anything is imported."""
    return PAGES.choose(request)


@require_GET
def import_preview(request: Request, draft_id: uuid.UUID) -> HttpResponse:
    """The lines that will be imported and those refused."""
    return PAGES.preview(request, draft_id)


@require_POST
def import_confirm(request: Request, draft_id: uuid.UUID) -> HttpResponse:
    """Import the valid lines."""
    return PAGES.confirm(request, draft_id)


@require_GET
def import_template(request: Request) -> HttpResponse:
    """An empty spreadsheet with the right columns."""
    return PAGES.model(request)
