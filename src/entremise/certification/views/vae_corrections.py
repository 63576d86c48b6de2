"""A result that the national service was told, and that changed: somebody says it was mended there."""

import uuid

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from entremise.certification.services.vae_corrections import mark_corrected
from entremise.core.http import Request


@require_POST
def corrected(request: Request, candidate_id: uuid.UUID, correction_id: uuid.UUID) -> HttpResponse:
    """The service holds the present result."""
    mark_corrected(actor=request.actor, candidate_id=candidate_id, correction_id=correction_id)
    messages.success(request, "C’est noté à l’historique, avec votre nom.")
    return redirect("certification:vae_dossier", candidate_id)
