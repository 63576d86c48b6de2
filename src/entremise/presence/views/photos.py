"""Photos of defects: shown to the organisation's teams, added, removed."""

import uuid
from typing import Any

from django.contrib import messages
from django.http import HttpResponse, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from entremise.core.http import Request
from entremise.presence import queries
from entremise.presence.forms.photos import PhotosForm
from entremise.presence.queries.photos import get_photo, photo_content
from entremise.presence.services.photos import add_photos, remove_photo
from entremise.presence.views.base import needs, submitted
from entremise.presence.views.defects import sheet


@require_safe
@needs("presence.view_defects")
def photo(request: Request, photo_id: uuid.UUID) -> Any:
    """The picture itself, opened as it is sent; kept by no browser and no proxy."""
    found = get_photo(request.actor, photo_id)
    response = StreamingHttpResponse(photo_content(found), content_type="image/jpeg")
    response["Content-Length"] = str(found.size)
    response["Content-Disposition"] = 'inline; filename="photo.jpg"'
    response["Cache-Control"] = "no-store"
    return response


@require_POST
@needs("presence.manage_defects")
def photo_add(request: Request, defect_id: uuid.UUID) -> HttpResponse:
    """Add photos to a defect."""
    actor = request.actor
    defect = queries.get_defect(actor, defect_id)
    form = PhotosForm(request.POST, request.FILES)
    kept = submitted(request, form, add_photos, without=("photos",), defect_id=defect.pk, pictures=_read(form))
    if kept:
        messages.success(request, "La photo est ajoutée." if len(kept) == 1 else f"{len(kept)} photos sont ajoutées.")
        return redirect("presence:defect", defect.pk)
    return render(request, "presence/defect.html", sheet(actor, defect, photos_form=form), status=422)


def _read(form: PhotosForm) -> list:
    return form.cleaned_data["photos"] if form.is_valid() else []


@require_POST
@needs("presence.manage_defects")
def photo_remove(request: Request, photo_id: uuid.UUID) -> HttpResponse:
    """Remove a photo."""
    defect = remove_photo(actor=request.actor, photo_id=photo_id)
    messages.success(request, "La photo est retirée et son fichier effacé.")
    return redirect("presence:defect", defect.pk)
