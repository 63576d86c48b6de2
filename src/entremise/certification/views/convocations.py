"""Convocations, made by the certifier once the session is convoked."""

import uuid

from django.http import HttpResponse
from django.views.decorators.http import require_safe

from entremise.certification.enums import LIVING
from entremise.certification.exports import convocations
from entremise.certification.models import ExamSession
from entremise.certification.queries import sessions as queries
from entremise.competences.queries import record_facts
from entremise.core.errors import NotFound
from entremise.core.http import Request
from entremise.core.permissions import require
from entremise.documents.services import Document, to_pdf


@require_safe
def candidate_letter(request: Request, exam_id: uuid.UUID, candidate_id: uuid.UUID) -> HttpResponse:
    """The convocation of a candidate of this session."""
    session = _convoked(request, exam_id)
    sittings = [one for one in queries.sittings_of(session) if one.candidate_id == candidate_id]
    if not sittings:
        raise NotFound("candidate")
    return _paper(convocations.for_candidate(session, record_facts(session.record_code), sittings))


@require_safe
def juror_letter(request: Request, exam_id: uuid.UUID, seat_id: uuid.UUID) -> HttpResponse:
    """The convocation of a member of its jury."""
    session = _convoked(request, exam_id)
    line = next((one for one in queries.seat_lines(session) if one.seat.pk == seat_id), None)
    if line is None or line.seat.state not in queries.SITS:
        raise NotFound("seat")
    names = dict.fromkeys(one.candidate.name for one in queries.sittings_of(session))
    return _paper(convocations.for_juror(session, record_facts(session.record_code), line, list(names)))


def _convoked(request: Request, exam_id: uuid.UUID) -> ExamSession:
    require(request.actor, "certification.manage")
    session = queries.get_session(request.actor, exam_id)
    if session.state not in LIVING:
        raise NotFound("exam session")
    return session


def _paper(document: Document) -> HttpResponse:
    answer = HttpResponse(to_pdf(document), content_type="application/pdf")
    answer["Content-Disposition"] = 'inline; filename="convocation.pdf"'
    answer["Cache-Control"] = "no-store"
    return answer
