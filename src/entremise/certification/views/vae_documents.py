"""The documents a candidate deposited at the national service: somebody asks for them."""

import uuid

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from entremise.certification import tasks_vae
from entremise.certification.services.vae_documents import ask_documents
from entremise.core.errors import InvalidInput
from entremise.core.http import Request


@require_POST
def fetch(request: Request, candidate_id: uuid.UUID) -> HttpResponse:
    """Ask the queue to read them."""
    try:
        found = ask_documents(actor=request.actor, candidate_id=candidate_id)
    except InvalidInput as refusal:
        messages.error(request, " ".join(sentence for told in refusal.errors.values() for sentence in told))
    else:
        tasks_vae.fetch.enqueue(str(found.pk))
        messages.success(
            request, "Les documents sont demandés : l’historique dira ce qui est repris, et ce qui ne l’est pas."
        )
    return redirect("certification:vae_dossier", candidate_id)
