"""What is done to answer a request: the copy, the restriction, the erasure, the letter."""

import uuid

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from entremise.core.errors import InvalidInput, NotFound
from entremise.core.http import Request, as_file
from entremise.core.permissions import require
from entremise.core.ui.saving import refuse
from entremise.documents.services import to_odt, to_pdf
from entremise.privacy.forms.requests import EraseForm
from entremise.privacy.queries.dossier import function_label, person_of_request, reading_lines
from entremise.privacy.queries.requests import get_request
from entremise.privacy.services import access, erasure_request, letters, restriction
from entremise.privacy.views.requests import step

FACES = {
    "pdf": (to_pdf, "application/pdf"),
    "odt": (to_odt, "application/vnd.oasis.opendocument.text"),
}


@require_POST
def prepare(request: Request, request_id: uuid.UUID) -> HttpResponse:
    """Have the copy of the person's file prepared."""
    return step(request, request_id, access.prepare_access_file)


@require_safe
@never_cache
def dossier(request: Request, request_id: uuid.UUID) -> HttpResponse:
    """The person's file, opened to answer their request; the reading is journalled."""
    found, opened = access.open_dossier(actor=request.actor, request_id=request_id)
    return render(request, "privacy/dossier.html", {"found": found, "dossier": opened})


@require_safe
def readings(request: Request, request_id: uuid.UUID) -> HttpResponse:
    """Who opened the file of this person, by function."""
    found = get_request(request.actor, request_id)
    require(request.actor, "privacy.answer_requests")
    person = person_of_request(request.actor, found)
    lines = [(line, function_label(line.function)) for line in reading_lines(person.pk)]
    return render(request, "privacy/readings.html", {"found": found, "person": person, "lines": lines})


@require_POST
def restrict(request: Request, request_id: uuid.UUID) -> HttpResponse:
    """Keep the fiche without using it."""
    return step(request, request_id, restriction.restrict_person)


@require_POST
def lift(request: Request, request_id: uuid.UUID) -> HttpResponse:
    """Use the fiche again."""
    return step(request, request_id, restriction.lift_restriction)


@require_POST
def oppose(request: Request, request_id: uuid.UUID) -> HttpResponse:
    """Stop following the person."""
    return step(request, request_id, restriction.accept_opposition)


@require_http_methods(["GET", "POST"])
def erase(request: Request, request_id: uuid.UUID) -> HttpResponse:
    """What goes, what stays; then, the reference typed, the erasure."""
    preview = erasure_request.preview_erasure(request.actor, request_id)
    form = EraseForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        typed = form.cleaned_data["reference"]
        try:
            erasure_request.erase_on_request(actor=request.actor, request_id=request_id, typed=typed)
        except InvalidInput as refusal:
            refuse(form, refusal)
        else:
            messages.success(request, "La personne est effacée. La lettre de réponse est prête, ci-dessous.")
            return redirect("privacy:request", request_id)
    context = {"preview": preview, "found": preview.request, "form": form}
    return render(request, "privacy/erasure.html", context, status=422 if form.errors else 200)


@require_safe
def letter(request: Request, request_id: uuid.UUID, face: str) -> HttpResponse:
    """The letter that answers, as PDF or ODT."""
    found = get_request(request.actor, request_id)
    require(request.actor, "privacy.answer_requests")
    if face not in FACES or found.is_open:
        raise NotFound("letter")
    write, media_type = FACES[face]
    return as_file(write(letters.answer_letter(found)), media_type, f"reponse-{found.reference.lower()}.{face}")
