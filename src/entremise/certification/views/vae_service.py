"""The delays of the VAE, and the exchanges with the national service."""

import uuid
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from entremise.certification import tasks_vae
from entremise.certification.forms.candidates import NewCandidateForm
from entremise.certification.forms.vae import LinkForm, VaeSettingsForm
from entremise.certification.models import Candidate
from entremise.certification.queries import vae_service as queries
from entremise.certification.queries.certifier import record_of
from entremise.certification.queries.vae import vae_settings_for
from entremise.certification.queries.vae_corrections import to_correct
from entremise.certification.services import vae_arrivals as arrivals
from entremise.certification.services.vae_client import REFUSALS
from entremise.certification.services.vae_decisions import change_vae_settings
from entremise.certification.services.vae_sends import get_send
from entremise.competences.enums import Route
from entremise.core.http import Request
from entremise.core.permissions import require
from entremise.core.ui.saving import posted, saved

PAGE = "certification:vae_service"


@require_http_methods(["GET", "POST"])
def settings(request: Request) -> HttpResponse:
    """The delays, each with its source, and the link."""
    require(request.actor, "certification.manage")
    known = vae_settings_for(request.actor.organisation_id)
    names = [name for name in VaeSettingsForm.base_fields if name != "service_token"]
    form = VaeSettingsForm(posted(request), initial={name: getattr(known, name) for name in names})
    if saved(form, lambda: change_vae_settings(actor=request.actor, facts=form.facts())):
        messages.success(request, "Ces délais valent pour les dossiers envoyés à partir de maintenant.")
        return redirect("certification:vae_settings")
    context = {"form": form, "has_token": bool(known.service_token), "address": queries.service_address()}
    return render(request, "certification/vae_settings.html", context, status=422 if form.errors else 200)


@require_safe
def service(request: Request) -> HttpResponse:
    """What came, what must leave and why it did not."""
    return render(request, "certification/vae_service.html", _shown(request))


def _shown(request: Request, refused: LinkForm | None = None, refused_id: uuid.UUID | None = None) -> dict[str, Any]:
    actor = request.actor
    files = queries.linkable(actor)
    known = vae_settings_for(actor.organisation_id)
    came = queries.arrivals(actor)
    return {
        "settings": known,
        "why": _why(known.read_refusal),
        "arrivals": [
            (one, refused if one.arrival.pk == refused_id else LinkForm(files=files, auto_id=f"{one.arrival.pk}-%s"))
            for one in came
        ],
        "waiting": [(one, _why(one.refusal)) for one in queries.to_send(actor)],
        "sent": queries.lately_sent(actor),
        "corrections": to_correct(actor),
    }


def _why(refusal: str) -> str:
    """The sentence of a refusal; empty for none."""
    return REFUSALS[refusal][0] if refusal in REFUSALS else ""


@require_POST
def read(request: Request) -> HttpResponse:
    """Ask the queue to read what waits at the service."""
    require(request.actor, "certification.manage")
    tasks_vae.collect.enqueue(str(request.actor.organisation_id))
    messages.success(request, "La relève est demandée : rouvrez cette page dans un instant.")
    return redirect(PAGE)


@require_POST
def send_again(request: Request, send_id: uuid.UUID) -> HttpResponse:
    """Put back in the queue what did not leave."""
    found = get_send(request.actor, send_id)
    tasks_vae.send_one.enqueue(str(found.pk))
    messages.success(request, "L’envoi repart : cette page dira ce qu’il devient.")
    return redirect(PAGE)


@require_POST
def link(request: Request, arrival_id: uuid.UUID) -> HttpResponse:
    """This candidature is that file's."""
    found = arrivals.get_arrival(request.actor, arrival_id)
    files = queries.linkable(request.actor)
    form = LinkForm(request.POST, files=files, auto_id=f"{found.pk}-%s")

    def write() -> Any:
        candidate_id = uuid.UUID(form.cleaned_data["candidate_id"])
        return arrivals.link_arrival(actor=request.actor, arrival_id=found.pk, candidate_id=candidate_id)

    linked = saved(form, write)
    if linked is not None:
        messages.success(request, "La candidature est reliée à ce dossier.")
        return redirect("certification:vae_dossier", linked.candidate_id)
    return render(request, "certification/vae_service.html", _shown(request, form, found.pk), status=422)


@require_http_methods(["GET", "POST"])
def open_file(request: Request, arrival_id: uuid.UUID) -> HttpResponse:
    """Open a file from what the service says, read again on the birth certificate."""
    actor = request.actor
    found = arrivals.get_arrival(actor, arrival_id)
    told: dict[str, Any] = {**arrivals.civil_status_told(found), "route": Route.VAE}
    form = NewCandidateForm(posted(request), actor=actor, record=record_of(actor), initial=told)

    def write() -> Candidate:
        return arrivals.open_arrival(
            actor=actor,
            arrival_id=arrival_id,
            civil_status=form.civil_status(),
            candidacy=form.facts(),
            is_another=form.cleaned_data["is_another"],
        )

    candidate = saved(form, write)
    if candidate is not None:
        messages.success(request, f"Le dossier {candidate.reference} est ouvert et relié.")
        return redirect("certification:vae_dossier", candidate.pk)
    form.ask_whether_another()
    return render(request, "certification/candidate_new.html", {"form": form}, status=422 if form.errors else 200)
