"""The links between juries and candidates, for the certifier: declared, listed, taken back."""

import uuid
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from entremise.certification.enums import JURY_CHANGES, SeatState
from entremise.certification.forms.ties import TakeBackForm, TieForm
from entremise.certification.queries import sessions, ties
from entremise.certification.queries.candidates import get_juror, named, offered
from entremise.certification.services.ties import declare_tie, take_back_tie
from entremise.core.http import Request
from entremise.core.permissions import require
from entremise.core.ui.saving import posted, saved

_DECLARED = "Le lien est déclaré : la page dit qui il écarte, et d’où."


@require_http_methods(["GET", "POST"])
def juror_ties(request: Request, juror_id: uuid.UUID) -> HttpResponse:
    """What ties a member of the roster to candidates."""
    juror = get_juror(request.actor, juror_id)
    form = TieForm(posted(request), actor=request.actor, people=offered(request.actor))
    if saved(form, lambda: declare_tie(actor=request.actor, facts=form.facts(juror_id=juror.pk))):
        messages.success(request, _DECLARED)
        return redirect("certification:juror_ties", juror.pk)
    lines = ties.ties_of_juror(request.actor, juror)
    context = {"juror": juror, "name": named([juror])[0].name, "form": form}
    return _page(request, form, lines, context)


@require_http_methods(["GET", "POST"])
def session_ties(request: Request, exam_id: uuid.UUID) -> HttpResponse:
    """What ties the jury of a session to its candidates."""
    require(request.actor, "certification.manage")
    session = sessions.get_session(request.actor, exam_id)
    people = list({one.candidate_id: one.candidate for one in sessions.sittings_of(session)}.values())
    seats = [one for one in sessions.seat_lines(session) if one.seat.state != SeatState.RECUSED]
    jurors = [(one.seat.juror_id, one.name) for one in seats]
    form = TieForm(posted(request), actor=request.actor, people=people, jurors=jurors)
    if saved(form, lambda: declare_tie(actor=request.actor, facts=form.facts(session_id=session.pk))):
        messages.success(request, _DECLARED)
        return redirect("certification:session_ties", session.pk)
    is_open = session.state in JURY_CHANGES and bool(people and seats)
    context = {"session": session, "form": form if is_open or form.is_bound else None}
    return _page(request, form, ties.ties_of_session(request.actor, session), context)


def _page(request: Request, form: TieForm, lines: list[ties.TieLine], context: dict[str, Any]) -> HttpResponse:
    told = {"lines": [one for one in lines if one.stands], "taken_back": [one for one in lines if not one.stands]}
    return render(request, "certification/ties.html", context | told, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
def take_back(request: Request, tie_id: uuid.UUID) -> HttpResponse:
    """Take a link back, saying why; it stays in the history."""
    tie = ties.get_tie(request.actor, tie_id)
    form = TakeBackForm(posted(request))
    if saved(form, lambda: take_back_tie(actor=request.actor, tie_id=tie.pk, **form.cleaned_data)):
        messages.success(request, "Le lien est retiré. Il reste dans l’historique.")
        return redirect("certification:juror_ties", tie.juror_id)
    context = {"form": form, "line": ties.tie_line(tie)}
    return render(request, "certification/tie.html", context, status=422 if form.errors else 200)
