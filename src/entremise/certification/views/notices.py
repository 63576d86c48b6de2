"""Results to notify: who was told, how, when; the letter of each one. Parse, call, render."""

import uuid
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from entremise.certification.enums import SessionState
from entremise.certification.exports.notices import for_candidate
from entremise.certification.forms.notices import NoticeForm
from entremise.certification.queries import notices as queries
from entremise.certification.queries.sessions import get_session
from entremise.certification.services.notices import candidates_to_mail, note_notices
from entremise.certification.tasks import send_result
from entremise.competences.queries import record_facts
from entremise.core.errors import NotFound
from entremise.core.http import Request, as_file
from entremise.core.permissions import require
from entremise.core.time import today
from entremise.core.ui.saving import act, posted, saved
from entremise.documents.services import to_pdf


@require_safe
def owed(request: Request) -> HttpResponse:
    """Whoever was not told their results yet, in every session."""
    return render(request, "certification/results_owed.html", {"lines": queries.results_owed(request.actor)})


@require_http_methods(["GET", "POST"])
def notices(request: Request, exam_id: uuid.UUID) -> HttpResponse:
    """The candidates of a sealed session: told, or to tell."""
    require(request.actor, "certification.manage")
    session = get_session(request.actor, exam_id)
    if session.state != SessionState.SEALED:
        raise NotFound("results")
    lines = queries.session_notices(request.actor, session)
    left = [line.candidate for line in lines if line.is_owed]
    form = NoticeForm(posted(request), people=left, initial={"told_on": today()})
    told: dict[str, Any] = {"actor": request.actor, "session_id": session.pk}
    if saved(form, lambda: note_notices(**told, **form.cleaned_data)):
        messages.success(request, "La notification est au registre de la session.")
        return redirect("certification:notices", session.pk)
    context = {"session": session, "lines": lines, "form": form if left or form.is_bound else None}
    context["to_mail"] = sum(line.is_writable for line in lines)
    return render(request, "certification/notices.html", context, status=422 if form.errors else 200)


@require_POST
def write(request: Request, exam_id: uuid.UUID) -> HttpResponse:
    """Write to every candidate whom a message can bring to their results."""

    def ask() -> None:
        for candidate_id in candidates_to_mail(actor=request.actor, session_id=exam_id):
            send_result.enqueue(str(exam_id), str(candidate_id), str(request.actor.member_id))

    done = "Les messages partent. Chacun s’écrit au registre quand il est parti."
    return act(request, ask, done, "certification:notices", exam_id)


@require_safe
def letter(request: Request, exam_id: uuid.UUID, candidate_id: uuid.UUID) -> HttpResponse:
    """The letter to send, as a tagged PDF."""
    session = get_session(request.actor, exam_id)
    person, results = queries.results_to_tell(request.actor, exam_id, candidate_id)
    paper = to_pdf(for_candidate(session, record_facts(session.record_code), person, results))
    return as_file(paper, "application/pdf", f"resultats-{person.reference}.pdf", inline=True)
