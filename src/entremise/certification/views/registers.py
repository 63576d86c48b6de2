"""The registers, for the certifier and its auditor: read, never written."""

import uuid

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from entremise.certification.enums import Outcome
from entremise.certification.exports.minutes import minutes_document
from entremise.certification.queries import registers as queries
from entremise.certification.queries.sessions import seat_lines
from entremise.certification.services.minutes import read_content
from entremise.core.http import Request, as_file
from entremise.core.ui.lists import paginate
from entremise.documents.services import to_pdf

SHOWN = 100  # certificates, and files of the deposit, beside a page of minutes


@require_safe
def registers(request: Request) -> HttpResponse:
    """Minutes, certificates, deposits: numbers, dates, fingerprints and seals."""
    context = {
        "page": paginate(request, queries.sealed_minutes(request.actor)),
        "certificates": queries.certificate_register(request.actor)[:SHOWN],
        "deposits": queries.deposit_register(request.actor)[:SHOWN],
    }
    return render(request, "certification/registers.html", context)


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
