"""A file as an answer: never kept by a browser or a proxy."""

from django.http import HttpResponse

ODT = "application/vnd.oasis.opendocument.text"
CSV = "text/csv; charset=utf-8"


def attachment(content: bytes, content_type: str, name: str) -> HttpResponse:
    """The file, to save under this name."""
    response = HttpResponse(content, content_type=content_type)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["Cache-Control"] = "no-store"
    return response
