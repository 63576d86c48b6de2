"""What a jury does in its session: mark alone, decide together, sign; then the certifier's addenda."""

import uuid
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from entremise.certification.enums import Outcome, SessionState
from entremise.certification.exports.minutes import minutes_document
from entremise.certification.forms.sessions import AddendumForm, MarkForm, ResultForm
from entremise.certification.models import ExamSession, Minutes, Sitting
from entremise.certification.queries import sessions as queries
from entremise.certification.queries.grids import grids_of, sought
from entremise.certification.queries.marks import gaps_of
from entremise.certification.services import deliberation, minutes
from entremise.certification.views.sessions import gesture
from entremise.competences.queries import BlockFacts, record_facts
from entremise.core.errors import NotAllowed, NotFound
from entremise.core.http import Request, as_file
from entremise.core.permissions import can
from entremise.core.ui.saving import posted, saved
from entremise.documents.services import to_pdf


def _block(session: ExamSession, sitting: Sitting) -> BlockFacts:
    found = record_facts(session.record_code).block(sitting.block_code)
    if found is None:
        raise NotFound("block")
    return found


@require_http_methods(["GET", "POST"])
def mark(request: Request, exam_id: uuid.UUID, sitting_id: uuid.UUID) -> HttpResponse:
    """One member's own grid; nobody else's is shown before the deliberation."""
    session = queries.get_session(request.actor, exam_id)
    sitting = queries.get_sitting(session, sitting_id)
    seat = queries.own_seat(request.actor, session)
    if seat is None or session.state != SessionState.OPEN:
        raise NotAllowed("certification.judge")
    block = _block(session, sitting)
    form = MarkForm(posted(request), block=block, known=queries.own_mark(seat, sitting))
    told: dict[str, Any] = {"actor": request.actor, "session_id": session.pk, "sitting_id": sitting.pk}
    if saved(form, lambda: deliberation.give_marks(facts=form.facts(), **told)):
        messages.success(request, "Votre grille est enregistrée. Vous seul la lisez jusqu’à la délibération.")
        return redirect("certification:session", session.pk)
    context = {
        "form": form,
        "session": session,
        "sitting": sitting,
        "passed": block,
        "grids": (grids := grids_of(session, sitting.block_code)),
        "asked": [(form[one.code], sought(grids, one.code)) for one in block.competences],
    }
    return render(request, "certification/mark.html", context, status=422 if form.errors else 200)


@require_POST
def deliberate(request: Request, exam_id: uuid.UUID) -> HttpResponse:
    """The president closes the grids."""
    told: dict[str, Any] = {"actor": request.actor, "session_id": exam_id}
    return gesture(request, exam_id, lambda: deliberation.begin_deliberation(**told), "Le jury délibère.")


@require_http_methods(["GET", "POST"])
def result(request: Request, exam_id: uuid.UUID, sitting_id: uuid.UUID) -> HttpResponse:
    """What each one saw, side by side; the president writes what the jury decides."""
    session = queries.get_session(request.actor, exam_id)
    sitting = queries.get_sitting(session, sitting_id)
    if session.state != SessionState.DELIBERATING:
        raise NotAllowed("certification.judge")
    known = getattr(sitting, "result", None)
    names = ("outcome", "reason", "advice")
    form = ResultForm(posted(request), initial={name: getattr(known, name) for name in names} if known else {})
    told: dict[str, Any] = {"actor": request.actor, "session_id": session.pk, "sitting_id": sitting.pk}
    if saved(form, lambda: deliberation.decide(facts=form.facts(), **told)):
        return redirect("certification:session", session.pk)
    said = deliberation.proposed_for(session, sitting)
    context = {
        "form": form,
        "session": session,
        "sitting": sitting,
        "passed": _block(session, sitting),
        "gaps": gaps_of(_block(session, sitting), queries.marks_of(sitting), grids_of(session, sitting.block_code)),
        "said": Outcome(said).label if said else "",
    }
    return render(request, "certification/result.html", context, status=422 if form.errors else 200)


@require_POST
def draw(request: Request, exam_id: uuid.UUID) -> HttpResponse:
    """Have the minutes written."""
    told: dict[str, Any] = {"actor": request.actor, "session_id": exam_id}
    return gesture(request, exam_id, lambda: minutes.draw_minutes(**told), "Le procès-verbal est à signer par chacun.")


def _written(request: Request, session: ExamSession) -> Minutes:
    found = queries.minutes_of(session)
    if found is None or found.erased_at is not None:
        raise NotFound("minutes")
    return found


@require_safe
def read_minutes(request: Request, exam_id: uuid.UUID) -> HttpResponse:
    """The minutes as they will be signed, or as they were sealed."""
    session = queries.get_session(request.actor, exam_id)
    return render(request, "certification/minutes.html", _shown(request, session))


def _shown(request: Request, session: ExamSession, form: AddendumForm | None = None) -> dict[str, Any]:
    found = _written(request, session)
    seat = queries.own_seat(request.actor, session)
    signed = {one.seat_id for one in found.signatures.all()}
    manages = can(request.actor, "certification.manage")
    return {
        "session": session,
        "minutes": found,
        "content": minutes.read_content(found),
        "labels": dict(Outcome.choices),
        "signatures": [(line, line.seat.pk in signed) for line in queries.seat_lines(session)],
        "may_sign": seat is not None and session.state == SessionState.SIGNING and seat.pk not in signed,
        "addenda": found.addenda.all(),
        "form": form or (AddendumForm(sittings=queries.sittings_of(session)) if manages and found.sealed_at else None),
    }


@require_POST
def sign(request: Request, exam_id: uuid.UUID) -> HttpResponse:
    """Sign the very text that was on the page."""
    told: dict[str, Any] = {"actor": request.actor, "session_id": exam_id, "digest": request.POST.get("digest", "")}
    response = gesture(request, exam_id, lambda: minutes.sign_minutes(**told), "Votre signature est au procès-verbal.")
    still = queries.list_sessions(request.actor).filter(pk=exam_id).exists()
    return response if still else redirect("certification:sessions")


@require_safe
def minutes_pdf(request: Request, exam_id: uuid.UUID) -> HttpResponse:
    """The same as a tagged PDF."""
    session = queries.get_session(request.actor, exam_id)
    found = _written(request, session)
    return as_file(to_pdf(minutes_document(found)), "application/pdf", f"{found.number}.pdf", inline=True)


@require_POST
def addendum(request: Request, exam_id: uuid.UUID) -> HttpResponse:
    """Correct sealed minutes, beside them."""
    session = queries.get_session(request.actor, exam_id)
    form = AddendumForm(request.POST, sittings=queries.sittings_of(session))
    told: dict[str, Any] = {"actor": request.actor, "session_id": session.pk}
    if saved(form, lambda: minutes.add_addendum(facts=form.facts(), **told)):
        messages.success(request, "L’additif est joint au procès-verbal, avec son empreinte.")
        return redirect("certification:minutes", session.pk)
    return render(request, "certification/minutes.html", _shown(request, session, form), status=422)
