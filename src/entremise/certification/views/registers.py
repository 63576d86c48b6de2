"""The registers, for the certifier and its auditor: read, never written."""

import uuid

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from entremise.certification.enums import Outcome
from entremise.certification.exports.minutes import minutes_document
from entremise.certification.queries import registers as queries
from entremise.certification.queries.sessions import seat_lines
from entremise.certification.register_filters import CertificateFilters, DepositRegisterFilters, MinutesFilters
from entremise.certification.services.minutes import read_content
from entremise.core.http import Request, as_file
from entremise.core.ui.filters import ListFilters
from entremise.core.ui.lists import paginate
from entremise.documents.services import to_pdf


@require_safe
def registers(request: Request) -> HttpResponse:
    """Sealed minutes: numbers, dates and seals."""
    return _listed(request, MinutesFilters, "registre-pv", "certification/register_minutes.html")


@require_safe
def certificates(request: Request) -> HttpResponse:
    """What was delivered, by number; no holder."""
    return _listed(request, CertificateFilters, "registre-certificats", "certification/register_certificates.html")


@require_safe
def deposits(request: Request) -> HttpResponse:
    """The files of the official deposit, with their counts and fingerprints."""
    return _listed(request, DepositRegisterFilters, "registre-depots", "certification/register_deposits.html")


def _listed(request: Request, kind: type[ListFilters], export: str, template: str) -> HttpResponse:
    filters = kind(request.GET, actor=request.actor)
    context = {"filters": filters, "page": paginate(request, filters.listed()), "export": export}
    return render(request, template, context)


@require_safe
def sealed(request: Request, minutes_id: uuid.UUID) -> HttpResponse:
    """Sealed minutes as they were signed."""
    found = queries.read_sealed(request.actor, minutes_id)
    signed = {one.seat_id for one in found.signatures.all()}
    context = {
        "session": found.session,
        "minutes": found,
        "content": read_content(found),
        "labels": dict(Outcome.choices),
        "signatures": [(line, line.seat.pk in signed) for line in seat_lines(found.session)],
        "addenda": found.addenda.all(),
        "is_register": True,
    }
    return render(request, "certification/minutes.html", context)


@require_safe
def sealed_pdf(request: Request, minutes_id: uuid.UUID) -> HttpResponse:
    """The same as a tagged PDF."""
    found = queries.read_sealed(request.actor, minutes_id)
    return as_file(to_pdf(minutes_document(found)), "application/pdf", f"{found.number}.pdf", inline=True)
