"""The order of passage: how the days are held, who passes when, what clashes. Parse, call, render."""

import uuid
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from entremise.certification import timetable
from entremise.certification.enums import SessionState
from entremise.certification.forms.timetables import SlotForm, TimetableForm
from entremise.certification.queries import sessions
from entremise.certification.queries import timetables as queries
from entremise.certification.services import timetables as services
from entremise.competences.queries import record_facts
from entremise.core.http import Request
from entremise.core.permissions import require
from entremise.core.ui.saving import act, posted, saved


@require_http_methods(["GET", "POST"])
def order(request: Request, exam_id: uuid.UUID) -> HttpResponse:
    """Propose an order and hours, and see what they are."""
    require(request.actor, "certification.manage")
    found = sessions.get_session(request.actor, exam_id)
    record = record_facts(found.record_code)
    table = queries.timetable_of(found, record)
    form = TimetableForm(posted(request), record=record, table=table)
    told: dict[str, Any] = {"actor": request.actor, "session_id": found.pk}
    left = saved(form, lambda: services.propose_order(facts=form.facts(), **told))
    if left is not None:
        messages.success(request, "L’ordre et les horaires sont proposés. Changez-les ici, un à un, s’il le faut.")
        return redirect("certification:order", found.pk)
    sittings = sessions.sittings_of(found)
    context = {
        "session": found,
        "form": form,
        "sittings": sittings,
        "clashes": queries.clash_lines(found, sittings, table),
        "is_open": found.state in (SessionState.PREPARING, SessionState.CONVOKED),
    }
    return render(request, "certification/order.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
def hour(request: Request, exam_id: uuid.UUID, sitting_id: uuid.UUID) -> HttpResponse:
    """The hour, length and room of one passage, by hand."""
    require(request.actor, "certification.manage")
    found = sessions.get_session(request.actor, exam_id)
    sitting = sessions.get_sitting(found, sitting_id)
    table = queries.timetable_of(found, record_facts(found.record_code))
    rules = queries.rules_of(found, table)
    usual = timetable.length(queries.passings_of([sitting])[0], rules)
    known: dict[str, Any] = {"session": found, "days": rules.days, "slot": queries.slot_of(sitting), "minutes": usual}
    form = SlotForm(posted(request), room=table.room, **known)
    told: dict[str, Any] = {"actor": request.actor, "session_id": found.pk, "sitting_id": sitting.pk}
    if saved(form, lambda: services.place_sitting(facts=form.facts(), **told)):
        return redirect("certification:order", found.pk)
    context = {"form": form, "session": found, "sitting": sitting}
    return render(request, "certification/hour.html", context, status=422 if form.errors else 200)


@require_POST
def move(request: Request, exam_id: uuid.UUID, sitting_id: uuid.UUID) -> HttpResponse:
    """One place up or down; the button says which."""
    told: dict[str, Any] = {"actor": request.actor, "session_id": exam_id, "sitting_id": sitting_id}
    earlier = request.POST.get("to") == "earlier"
    return act(request, lambda: services.move_sitting(earlier=earlier, **told), "", "certification:order", exam_id)
