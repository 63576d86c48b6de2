"""Exporting a list, and the page of one's own exports."""

import uuid
from typing import TypeVar

from django.contrib import messages
from django.http import HttpResponse, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe
from django_htmx.http import trigger_client_event

from entremise.core.errors import InvalidInput
from entremise.core.http import Request
from entremise.core.permissions import require
from entremise.documents import queries, services

Response = TypeVar("Response", HttpResponse, StreamingHttpResponse)
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@require_POST
def export(request: Request, code: str) -> HttpResponse:
    """The list with its filters: the spreadsheet itself, or a place in the queue."""
    try:
        result = services.export_list(actor=request.actor, code=code, params=request.POST)
    except InvalidInput as refusal:
        return _told(request, refusal)
    if result.content is None:
        messages.success(request, "La liste est longue : sa préparation a commencé. Vous pouvez quitter cette page.")
        return redirect("documents:exports")
    return _attachment(HttpResponse(result.content, content_type=XLSX), result.name)


@require_safe
@never_cache
def exports(request: Request) -> HttpResponse:
    """One's own exports, with their progress."""
    require(request.actor, "documents.own_exports")
    files = list(queries.list_files(request.actor))
    context = {
        "files": files,
        "pending": sum(1 for file in files if file.is_pending),
        "ready": sum(1 for file in files if file.is_ready),
    }
    if not request.htmx:
        return render(request, "documents/exports.html", context)
    response = render(request, "documents/exports.html#suivi", context)
    if not context["pending"]:  # the page stops asking: the end is said once
        trigger_client_event(response, "annonce", {"value": "Préparation terminée"})
    return response


@require_POST
def download(request: Request, file_id: uuid.UUID) -> HttpResponse | StreamingHttpResponse:
    """The file, opened as it is sent. A POST, since the journal keeps that it was taken."""
    try:
        found = services.download_file(actor=request.actor, file_id=file_id)
    except InvalidInput as refusal:
        return _told(request, refusal)
    response = StreamingHttpResponse(found.chunks, content_type=found.media_type)
    response["Content-Length"] = str(found.size)
    return _attachment(response, found.name)


@require_POST
def erase(request: Request, file_id: uuid.UUID) -> HttpResponse:
    """Erase one's file before its time."""
    services.erase_file(actor=request.actor, file_id=file_id)
    messages.success(request, "Le fichier est effacé.")
    return redirect("documents:exports")


@require_POST
def retry(request: Request, file_id: uuid.UUID) -> HttpResponse:
    """Begin a failed preparation again."""
    services.retry_file(actor=request.actor, file_id=file_id)
    messages.success(request, "La préparation recommence.")
    return redirect("documents:exports")


def _told(request: Request, refusal: InvalidInput) -> HttpResponse:
    for sentences in refusal.errors.values():
        for sentence in sentences:
            messages.error(request, sentence)
    return redirect("documents:exports")


def _attachment(response: Response, name: str) -> Response:
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["Cache-Control"] = "no-store"
    return response
