"""Ledgers and attestations: one's own lines, the links one gives, and the page that a link opens."""

import uuid
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from entremise.core.http import Request
from entremise.core.permissions import require
from entremise.core.ui.saving import posted, saved
from entremise.practice import ledger
from entremise.practice.commands import AskAttestation
from entremise.practice.enums import LedgerKind
from entremise.practice.forms.portfolio import LineForm, SignatureForm
from entremise.practice.queries import ledger as queries
from entremise.practice.queries.portfolio import target_record
from entremise.practice.services import attestations
from entremise.practice.services import ledger as services
from entremise.practice.views.base import confided


@confided
@require_safe
def ledgers(request: Request) -> HttpResponse:
    """Both ledgers, what they add up to, and what is attested."""
    actor = request.actor
    require(actor, "practice.keep_portfolio")
    lines, record = queries.ledger_lines(actor), target_record()
    totals = queries.totals_of(lines)
    context = {
        "record": record,
        "totals": totals,
        "lacking": ledger.missing(totals, record.validation_hours, record.entry_months),
        "books": [(kind, [one for one in lines if one.line.kind == kind]) for kind in LedgerKind],
    }
    return render(request, "practice/ledgers.html", context)


@confided
@require_http_methods(["GET", "POST"])
def new_line(request: Request, ledger_kind: str) -> HttpResponse:
    """A line more."""
    require(request.actor, "practice.keep_portfolio")
    if ledger_kind not in LedgerKind.values:
        raise Http404
    return _written(request, LineForm(posted(request), kind=ledger_kind), None)


@confided
@require_http_methods(["GET", "POST"])
def edit_line(request: Request, line_id: uuid.UUID) -> HttpResponse:
    """Write a line again; what was attested of it will have to be asked again."""
    found = queries.get_line(request.actor, line_id)
    shown = next(one for one in queries.ledger_lines(request.actor) if one.line.pk == found.pk)
    initial = shown.content | {"fields_of": shown.content["fields"]}
    return _written(request, LineForm(posted(request), kind=found.kind, initial=initial), found.pk)


def _written(request: Request, form: LineForm, line_id: uuid.UUID | None) -> HttpResponse:
    write: dict[str, Any] = {"actor": request.actor, "line_id": line_id}
    if saved(form, lambda: services.keep_line(command=form.command(), **write)):
        messages.success(request, "La ligne est au registre.")
        return redirect("practice:ledgers")
    context = {"form": form, "kind": LedgerKind(form.kind), "line_id": line_id}
    return render(request, "practice/line_form.html", context, status=422 if form.errors else 200)


@confided
@require_POST
def remove_line(request: Request, line_id: uuid.UUID) -> HttpResponse:
    """Take a line out."""
    services.remove_line(actor=request.actor, line_id=line_id)
    messages.success(request, "La ligne est retirée du registre.")
    return redirect("practice:ledgers")


@confided
@require_POST
def ask(request: Request, attestation_kind: str) -> HttpResponse:
    """Make a link; its address is shown once, since only its fingerprint is kept."""
    target = request.POST.get("target", "")
    try:
        target_id = uuid.UUID(target) if target else None
    except ValueError:
        raise Http404 from None
    command = AskAttestation(kind=attestation_kind, target_id=target_id)
    asked, token = attestations.ask_attestation(actor=request.actor, command=command)
    address = f"{settings.BASE_URL}{reverse('practice:attest', args=[token])}"
    response = render(request, "practice/attestation_made.html", {"attestation": asked, "address": address})
    response["Cache-Control"] = "no-store"
    return response


@confided
@require_POST
def revoke(request: Request, attestation_id: uuid.UUID) -> HttpResponse:
    """Close a link."""
    attestations.revoke_attestation(actor=request.actor, attestation_id=attestation_id)
    messages.success(request, "Le lien est retiré : il n’ouvre plus rien.")
    return redirect("practice:ledgers")


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def attest(request: Request, token: str) -> HttpResponse:
    """What somebody is asked to sign, for whoever holds the link; no account."""
    found = queries.open_attestation(token)
    if found is None:
        return _private(render(request, "practice/attest_closed.html", status=404))
    form = SignatureForm(posted(request))
    if saved(form, lambda: attestations.sign_attestation(attestation=found, command=form.command())):
        return _private(render(request, "practice/attest_done.html"))
    context = {"attestation": found, "form": form, "shown": queries.shown_by(found)}
    return _private(render(request, "practice/attest.html", context, status=422 if form.errors else 200))


def _private(response: HttpResponse) -> HttpResponse:
    """Out of search engines, caches and the next page's logs."""
    response["X-Robots-Tag"] = "noindex, nofollow"
    response["Cache-Control"] = "no-store"
    response["Referrer-Policy"] = "no-referrer"
    return response
