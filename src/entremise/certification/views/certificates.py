"""Certificates: delivered, printed, withdrawn; and the page where anybody verifies one."""

import uuid
from functools import partial
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from entremise.certification.exports.certificates import certificate_pdf
from entremise.certification.queries.badges import living_badges
from entremise.certification.queries.candidates import get_candidate
from entremise.certification.queries.certificates import get_certificate, read_certificate, verified
from entremise.certification.services import certificates as services
from entremise.core.errors import InvalidInput, NotFound
from entremise.core.http import Request, as_file
from entremise.core.permissions import require
from entremise.core.ui.saving import act


@require_POST
def deliver(request: Request, candidate_id: uuid.UUID) -> HttpResponse:
    """The whole certification, or the attestation of one block."""
    require(request.actor, "certification.manage")
    found = get_candidate(request.actor, candidate_id)
    try:
        made = services.deliver_certificate(
            actor=request.actor, candidate_id=found.pk, block_code=request.POST.get("block_code", "")
        )
        messages.success(request, f"{made.get_kind_display()} {made.number} : il peut être imprimé et vérifié.")
    except InvalidInput as refusal:
        messages.error(request, refusal.sentences)
    return redirect("certification:candidate", found.pk)


@require_POST
def copy(request: Request, certificate_id: uuid.UUID) -> HttpResponse:
    """The paper; each one is counted."""
    found = get_certificate(request.actor, certificate_id)
    try:
        made = services.record_copy(actor=request.actor, certificate_id=found.pk)
    except InvalidInput as refusal:
        messages.error(request, refusal.sentences)
        return redirect("certification:candidate", found.candidate_id)
    return as_file(certificate_pdf(made), "application/pdf", f"{made.number}.pdf")


@require_POST
def revoke(request: Request, certificate_id: uuid.UUID) -> HttpResponse:
    """Withdraw a certificate."""
    require(request.actor, "certification.manage")
    found = get_certificate(request.actor, certificate_id)
    told: dict[str, Any] = {"certificate_id": found.pk, "reason": request.POST.get("reason", "")}
    write = partial(services.revoke_certificate, actor=request.actor, **told)
    done = "Le certificat est retiré : sa page de vérification le dit."
    return act(request, write, done, "certification:candidate", found.candidate_id)


@login_not_required
@never_cache
@require_safe
def verify(request: HttpRequest, number: str, check: str) -> HttpResponse:
    """What the paper should say, to whoever holds it; nothing to who guesses."""
    try:
        found = verified(number, check)
    except NotFound:
        return render(request, "certification/verify.html", {"certificate": None}, status=404)
    told = None if found.revoked_at or not found.content else read_certificate(found)
    has_badge = told is not None and found.pk in living_badges([found])
    badge_url = reverse("certification:paper_badge", args=[number, check]) if has_badge else ""
    return render(request, "certification/verify.html", {"certificate": found, "told": told, "badge_url": badge_url})
