"""Deposited portfolios: the candidate deposits, a member of the jury reads, the certifier reads the ledgers."""

import uuid
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from entremise.certification.forms.portfolio import PledgeForm, PrerequisitesForm, SubmitForm
from entremise.certification.queries import portfolio as queries
from entremise.certification.queries.candidates import open_candidacy, own_file
from entremise.certification.services import portfolio as services
from entremise.certification.views.vae import as_joined
from entremise.core.http import Request
from entremise.core.permissions import require
from entremise.core.pieces import as_attachment
from entremise.core.ui.formats import moment
from entremise.core.ui.saving import posted, saved
from entremise.practice.queries.document import document
from entremise.practice.queries.portfolio import list_snapshots

FIELDS = {"experience_months": "months", "experience_nature": "nature", "internship_hours": "hours"}


@never_cache
@require_http_methods(["GET", "POST"])
def own_portfolio(request: Request) -> HttpResponse:
    """The candidate deposits one of their frozen portfolios."""
    actor = request.actor
    require(actor, "certification.submit")
    candidate = own_file(actor)
    if candidate is None:
        raise Http404
    choices = [
        (str(one.pk), f"Figé {moment(one.frozen_at)}, empreinte {one.digest[:12]}…") for one in list_snapshots(actor)
    ]
    form = SubmitForm(posted(request), snapshots=choices)
    snapshot = uuid.UUID(form.cleaned_data["snapshot"]) if form.is_bound and form.is_valid() else None
    if snapshot and saved(form, lambda: services.submit_portfolio(actor=actor, snapshot_id=snapshot)):
        messages.success(request, "Votre portfolio est déposé. Le jury de votre session pourra le lire.")
        return redirect("certification:own_portfolio")
    context = {"form": form, "candidate": candidate, "choices": choices}
    context["submissions"] = list(queries.submissions_of(candidate))
    return render(request, "certification/portfolio_submit.html", context, status=422 if form.errors else 200)


@never_cache
@require_http_methods(["GET", "POST"])
def sitting_portfolio(request: Request, exam_id: uuid.UUID, sitting_id: uuid.UUID) -> HttpResponse:
    """A member of the jury signs, then reads."""
    reading = queries.juror_reading(request.actor, exam_id, sitting_id)
    form = PledgeForm(posted(request))
    sign: dict[str, Any] = {"actor": request.actor, "session_id": exam_id, "sitting_id": sitting_id}
    if saved(form, lambda: services.pledge_confidentiality(agrees=form.cleaned_data["agrees"], **sign)):
        return redirect("certification:sitting_portfolio", exam_id, sitting_id)
    shown = None
    if reading.pledge and reading.submission:
        shown = document(queries.read_submission(reading.submission), state="figé et déposé")
    context = {"reading": reading, "form": form, "text": queries.PLEDGE, "document": shown}
    context |= {"told": reading.told(request.actor), "files": reading.files()}
    return render(request, "certification/portfolio_read.html", context, status=422 if form.errors else 200)


@never_cache
@require_safe
def sitting_piece(request: Request, exam_id: uuid.UUID, sitting_id: uuid.UUID, piece_id: uuid.UUID) -> HttpResponse:
    """A piece of a VAE candidate's validation file, for who signed."""
    return as_joined(queries.juror_piece(request.actor, exam_id, sitting_id, piece_id))


@never_cache
@require_safe
def sitting_file(request: Request, exam_id: uuid.UUID, sitting_id: uuid.UUID, document_id: uuid.UUID) -> HttpResponse:
    """A document of a deposited portfolio, for who signed."""
    found = queries.juror_file(request.actor, exam_id, sitting_id, document_id)
    return as_attachment(found.content, found.media_type, f"document-{found.digest[:12]}")


@never_cache
@require_http_methods(["GET", "POST"])
def prerequisites(request: Request, candidate_id: uuid.UUID) -> HttpResponse:
    """The ledgers with who attested them; a person of the certifier decides."""
    shown = queries.ledgers_of(request.actor, candidate_id)
    held = open_candidacy(shown.candidate)
    initial: dict[str, Any] = {
        "months": shown.totals.get("months_attested"),
        "hours": shown.totals.get("hours_attested"),
    }
    initial["nature"] = held.experience_nature if held else ""
    form = PrerequisitesForm(posted(request), initial=initial)
    decide: dict[str, Any] = {"actor": request.actor, "candidate_id": shown.candidate.pk}
    names = FIELDS | {"route": "__all__", "block_codes": "__all__"}
    if saved(form, lambda: services.retain_prerequisites(**form.cleaned_data, **decide), names):
        messages.success(request, "Ce que vous retenez est au dossier.")
        return redirect("certification:candidate", shown.candidate.pk)
    context = {"shown": shown, "form": form, "candidacy": held}
    return render(request, "certification/prerequisites.html", context, status=422 if form.errors else 200)
