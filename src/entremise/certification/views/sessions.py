"""Sessions, from their dates to the first day: parse, call, render."""

import uuid
from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from entremise.accounts.queries import member_names
from entremise.certification.composition import president_of
from entremise.certification.enums import BEFORE, JURY_CHANGES, LIVING, SeatState, SessionState
from entremise.certification.filters import SessionFilters
from entremise.certification.forms.sessions import SeatForm, SessionForm, SittingForm
from entremise.certification.forms.ties import RecusalForm
from entremise.certification.models import ExamSession, Juror, Sitting
from entremise.certification.queries import sessions as queries
from entremise.certification.queries import timetables
from entremise.certification.queries.called import called
from entremise.certification.queries.candidates import offered
from entremise.certification.queries.passing import passing_faults
from entremise.certification.services import sessions as services
from entremise.certification.services import ties as stepping_back
from entremise.competences.queries import RecordFacts, record_facts
from entremise.core.http import Request
from entremise.core.permissions import can, require
from entremise.core.ui.lists import paginate
from entremise.core.ui.saving import act, posted, saved


@require_safe
def sessions(request: Request) -> HttpResponse:
    """Every session for the certifier; for a juror, those they sit in."""
    filters = SessionFilters(request.GET, actor=request.actor)
    page = paginate(request, filters.listed())
    manages = can(request.actor, "certification.manage")
    context = {"filters": filters, "page": page, "export": "sessions", "manages": manages}
    return render(request, "certification/sessions.html", context)


@require_http_methods(["GET", "POST"])
def new_session(request: Request) -> HttpResponse:
    """Dates and place."""
    require(request.actor, "certification.manage")
    form = SessionForm(posted(request))
    found = saved(form, lambda: services.plan_session(actor=request.actor, facts=form.facts()))
    if found is not None:
        return redirect("certification:session", found.pk)
    return render(request, "certification/session_form.html", {"form": form}, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
def change_session(request: Request, exam_id: uuid.UUID) -> HttpResponse:
    """Other dates, another place."""
    require(request.actor, "certification.manage")
    found = queries.get_session(request.actor, exam_id)
    form = SessionForm(posted(request), initial={name: getattr(found, name) for name in SessionForm.base_fields})
    write: dict[str, Any] = {"actor": request.actor, "session_id": found.pk}
    if saved(form, lambda: services.change_session(facts=form.facts(), **write)):
        return redirect("certification:session", found.pk)
    context = {"form": form, "session": found}
    return render(request, "certification/session_form.html", context, status=422 if form.errors else 200)


@require_safe
def session(request: Request, exam_id: uuid.UUID) -> HttpResponse:
    """A session: its jury, its candidates, and what may be done now."""
    found = queries.get_session(request.actor, exam_id)
    return render(request, "certification/session.html", shown(request, found))


def shown(request: Request, found: ExamSession, **forms: Any) -> dict[str, Any]:
    """What the page of a session shows, to the certifier and to its jury."""
    actor = request.actor
    manages = can(actor, "certification.manage")
    seat = queries.own_seat(actor, found)
    record = record_facts(found.record_code)
    sittings = _titled(queries.sittings_of(found), record)
    people = list({one.candidate_id: one.candidate for one in sittings}.values())
    awaited = queries.marks_awaited(found) if found.state == SessionState.OPEN else []
    president = president_of(queries.seats_asked(found), queries.as_sitters(queries.sitting_seats(found)))
    context = {
        "session": found,
        "manages": manages,
        "seat": seat,
        "presides": seat is not None and seat.juror_id == president,
        "seats": queries.seat_lines(found),
        "sittings": sittings,
        "has_letters": found.state in LIVING,
        "is_open": found.state in BEFORE,
        "to_mark": {one.pk for of, one in awaited if seat is not None and of.pk == seat.pk},
        "awaited": len(awaited),
        "recusal_form": RecusalForm(people=people) if seat else None,
        "minutes": queries.minutes_of(found),
    }
    return context | (_managed(request, found, sittings, record) if manages else {}) | forms


def _titled(sittings: list[Sitting], record: RecordFacts) -> list[Sitting]:
    """Each passage with the words of its block: a code alone says little."""
    titles = {block.code: block.title for block in record.blocks}
    for one in sittings:
        one.block_title = titles.get(one.block_code, one.block_code)
    return sittings


def _managed(request: Request, found: ExamSession, sittings: list[Sitting], record: RecordFacts) -> dict[str, Any]:
    """What only the certifier is shown: why the jury may not sit, who could, and hours that do not hold."""
    alive = found.state in JURY_CHANGES
    left = queries.seats_left(found) if alive else {}
    free = _free(request, found) if left else []
    table = timetables.timetable_of(found, record)
    return {
        "faults": queries.fault_lines(found) if alive else [],
        "not_passing": passing_faults(found) if found.state in BEFORE else [],
        "clashes": timetables.clash_lines(found, sittings, table) if alive else [],
        **_calls(found, sittings),
        "seat_form": SeatForm(free=free) if free else None,
        "nobody_free": bool(left) and not free,
        "sitting_form": SittingForm(actor=request.actor, people=offered(request.actor), record=record),
    }


def _calls(found: ExamSession, sittings: list[Sitting]) -> dict[str, Any]:
    """Where the convocation of each one stands, until the exam begins; those outdated once more, to be told again."""
    if found.state not in (SessionState.CONVOKED, SessionState.CANCELLED):
        return {"calls": []}
    calls = list(called(found, sittings).values())
    return {"calls": calls, "stale": [one for one in calls if one.is_outdated]}


def _free(request: Request, found: ExamSession) -> list[tuple[Juror, str]]:
    free = [one for kind in queries.seats_left(found) for one in queries.substitutes_for(request.actor, found, kind)]
    names = member_names(one.member_id for one in free)
    return [(one, names[one.member_id]) for one in free]


def gesture(request: Request, exam_id: uuid.UUID, write: Callable[[], object], done: str = "") -> HttpResponse:
    """Do it, or say on the session's own page why it cannot be done; nothing has changed then."""
    queries.get_session(request.actor, exam_id)
    return act(request, write, done, "certification:session", exam_id)


@require_POST
def add_sittings(request: Request, exam_id: uuid.UUID) -> HttpResponse:
    """A candidate passes some blocks."""
    require(request.actor, "certification.manage")
    found = queries.get_session(request.actor, exam_id)
    actor = request.actor
    form = SittingForm(request.POST, actor=actor, people=offered(actor), record=record_facts(found.record_code))
    told: dict[str, Any] = {"actor": request.actor, "session_id": found.pk}
    if saved(form, lambda: (services.add_sittings(**told, **form.cleaned_data), True)):
        return redirect("certification:session", found.pk)
    return render(request, "certification/session.html", shown(request, found, sitting_form=form), status=422)


@require_POST
def remove_sitting(request: Request, exam_id: uuid.UUID, sitting_id: uuid.UUID) -> HttpResponse:
    """Take a passage away before the day."""
    told: dict[str, Any] = {"actor": request.actor, "session_id": exam_id, "sitting_id": sitting_id}
    return gesture(request, exam_id, lambda: services.remove_sitting(**told))


@require_POST
def seat_juror(request: Request, exam_id: uuid.UUID) -> HttpResponse:
    """Name someone in the jury."""
    require(request.actor, "certification.manage")
    found = queries.get_session(request.actor, exam_id)
    form = SeatForm(request.POST, free=_free(request, found))
    told: dict[str, Any] = {"actor": request.actor, "session_id": found.pk}
    if saved(form, lambda: services.seat_juror(juror_id=form.cleaned_data["juror_id"], **told)):
        return redirect("certification:session", found.pk)
    return render(request, "certification/session.html", shown(request, found, seat_form=form), status=422)


@require_POST
def recuse(request: Request, exam_id: uuid.UUID, seat_id: uuid.UUID) -> HttpResponse:
    """A member steps back, with the link they declare, or the certifier takes them out of the jury."""
    found = queries.get_session(request.actor, exam_id)
    told: dict[str, Any] = {"actor": request.actor, "session_id": found.pk, "seat_id": seat_id}
    own = queries.own_seat(request.actor, found)
    if own is None or own.pk != seat_id:
        return gesture(request, found.pk, lambda: stepping_back.recuse(**told), _LEFT)
    people = list({one.candidate_id: one.candidate for one in queries.sittings_of(found)}.values())
    form = RecusalForm(request.POST, people=people)
    seat = saved(form, lambda: stepping_back.recuse(**told, **form.cleaned_data))
    if seat is None:
        return render(request, "certification/session.html", shown(request, found, recusal_form=form), status=422)
    messages.success(request, _LEFT if seat.state == SeatState.RECUSED else _ASIDE)
    reads = queries.list_sessions(request.actor).filter(pk=found.pk).exists()
    return redirect("certification:session", found.pk) if reads else redirect("certification:sessions")


_LEFT = "Le jury en est changé. Il ne décide rien tant qu’il n’est pas complet."
_ASIDE = "Le lien est déclaré : ce candidat passe devant les autres membres du jury."


@require_POST
def convoke(request: Request, exam_id: uuid.UUID) -> HttpResponse:
    """Call candidates and jury."""
    told: dict[str, Any] = {"actor": request.actor, "session_id": exam_id}
    return gesture(request, exam_id, lambda: services.convoke(**told), "La session est convoquée : le jury la voit.")


@require_POST
def open_exam(request: Request, exam_id: uuid.UUID) -> HttpResponse:
    """The day has come: those not there are ticked."""
    names = ("absent_seats", "absent_sittings", "excused_sittings")
    absent = {name: _identifiers(request.POST.getlist(name)) for name in names}
    told: dict[str, Any] = {"actor": request.actor, "session_id": exam_id, **absent}
    return gesture(
        request, exam_id, lambda: services.open_exam(**told), "Les épreuves commencent : le jury peut noter."
    )


def _identifiers(typed: list[str]) -> list[uuid.UUID]:
    found = []
    for one in typed:
        try:
            found.append(uuid.UUID(one))
        except ValueError:
            continue  # names nobody
    return found


@require_POST
def cancel(request: Request, exam_id: uuid.UUID) -> HttpResponse:
    """It will not take place."""
    told: dict[str, Any] = {"actor": request.actor, "session_id": exam_id}
    return gesture(request, exam_id, lambda: services.cancel_session(**told), "La session est annulée.")
