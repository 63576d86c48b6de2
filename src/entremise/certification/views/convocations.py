"""Convocations: the letter, the calendar, the mails; and who came. Parse, call, render."""

import uuid
from typing import Any

from django.http import HttpResponse
from django.views.decorators.http import require_POST, require_safe

from entremise.certification.calendar import calendar
from entremise.certification.exports import attendance, convocations
from entremise.certification.queries import convocations as queries
from entremise.certification.queries.called import written
from entremise.certification.queries.sessions import sittings_of
from entremise.certification.services import convocations as services
from entremise.certification.tasks import send_convocation
from entremise.certification.views.sessions import gesture
from entremise.competences.queries import record_facts
from entremise.core.http import Request
from entremise.core.time import now
from entremise.documents.services import Document, to_pdf


@require_safe
def candidate_letter(request: Request, exam_id: uuid.UUID, candidate_id: uuid.UUID) -> HttpResponse:
    """The convocation of a candidate of this session."""
    session, sittings = queries.candidate_call(request.actor, exam_id, candidate_id)
    return _paper(convocations.for_candidate(session, record_facts(session.record_code), sittings))


@require_safe
def candidate_calendar(request: Request, exam_id: uuid.UUID, candidate_id: uuid.UUID) -> HttpResponse:
    """Their passages, for a calendar."""
    session, sittings = queries.candidate_call(request.actor, exam_id, candidate_id)
    found = written(session, queries.candidate_appointments(session, sittings), candidate_id=candidate_id)
    return _file(calendar(found, now()), "text/calendar", "convocation.ics")


@require_safe
def juror_letter(request: Request, exam_id: uuid.UUID, seat_id: uuid.UUID) -> HttpResponse:
    """The convocation of a member of its jury."""
    session, line = queries.juror_call(request.actor, exam_id, seat_id)
    sittings = sittings_of(session)
    return _paper(convocations.for_juror(session, record_facts(session.record_code), line, sittings))


@require_safe
def juror_calendar(request: Request, exam_id: uuid.UUID, seat_id: uuid.UUID) -> HttpResponse:
    """The days they sit, for a calendar."""
    session, _ = queries.juror_call(request.actor, exam_id, seat_id)
    found = written(session, queries.juror_appointments(session, seat_id, sittings_of(session)), seat_id=seat_id)
    return _file(calendar(found, now()), "text/calendar", "convocation.ics")


@require_safe
def attendance_sheet(request: Request, exam_id: uuid.UUID) -> HttpResponse:
    """The sheet that everybody signs on the day."""
    session, seats, sittings = queries.attendance(request.actor, exam_id)
    sheet = attendance.attendance_sheet(session, record_facts(session.record_code), seats, sittings)
    return _paper(sheet, "emargement")


@require_POST
def call(request: Request, exam_id: uuid.UUID) -> HttpResponse:
    """Write to everyone awaited."""

    def write() -> None:
        for one in services.call_everyone(actor=request.actor, session_id=exam_id):
            send_convocation.enqueue(str(one.pk))

    return gesture(
        request, exam_id, write, "Les messages partent. La page dit à qui il faut remettre la lettre autrement."
    )


@require_POST
def call_again(request: Request, exam_id: uuid.UUID) -> HttpResponse:
    """Write to those whose convocation is outdated, and to nobody else."""

    def write() -> None:
        for one in services.call_again(actor=request.actor, session_id=exam_id):
            send_convocation.enqueue(str(one.pk))

    return gesture(request, exam_id, write, "Les nouveaux messages partent. Les précédents restent au registre.")


@require_POST
def note_attendance(request: Request, exam_id: uuid.UUID, sitting_id: uuid.UUID) -> HttpResponse:
    """A candidate came after all, or did not."""
    told: dict[str, Any] = {
        "session_id": exam_id,
        "sitting_id": sitting_id,
        "attendance": request.POST.get("attendance", ""),
    }
    return gesture(request, exam_id, lambda: services.note_attendance(actor=request.actor, **told))


def _paper(document: Document, name: str = "convocation") -> HttpResponse:
    return _file(to_pdf(document), "application/pdf", f"{name}.pdf")


def _file(content: bytes, media_type: str, name: str) -> HttpResponse:
    answer = HttpResponse(content, content_type=media_type)
    answer["Content-Disposition"] = f'inline; filename="{name}"'
    answer["Cache-Control"] = "no-store"
    return answer
