"""The meetings one sits in: parse, call, render."""

import uuid
from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from entremise.core.errors import InvalidInput
from entremise.core.http import Request
from entremise.core.permissions import require
from entremise.core.ui.lists import paginate
from entremise.core.ui.saving import act, posted, saved
from entremise.practice.enums import Answer, GroupRole
from entremise.practice.forms.meetings import ContributionForm, ConveneForm, RolesForm
from entremise.practice.models import Meeting
from entremise.practice.presets import PHASES
from entremise.practice.queries import meetings as queries
from entremise.practice.services import meetings as services
from entremise.practice.services import pages
from entremise.practice.views.base import confided


@confided
@require_safe
def meetings(request: Request) -> HttpResponse:
    """The meetings one sits in or is invited to."""
    page = paginate(request, queries.list_meetings(request.actor))
    answers = queries.own_answers(request.actor, page.items)
    lines = [(meeting, answers[meeting.pk]) for meeting in page.items]
    return render(request, "practice/meetings.html", {"page": page, "lines": lines, "phases": PHASES})


@confided
@require_http_methods(["GET", "POST"])
def convene(request: Request) -> HttpResponse:
    """Plan a meeting."""
    require(request.actor, "practice.meet")
    form = ConveneForm(posted(request), actor=request.actor)
    found = saved(form, lambda: services.convene(actor=request.actor, command=form.command()))
    if found is not None:
        messages.success(request, "Les invitations sont parties. Chacun répond dans « Ce qui m’attend ».")
        return redirect("practice:meeting", found.pk)
    return render(request, "practice/convene.html", {"form": form}, status=422 if form.errors else 200)


@confided
@require_http_methods(["GET", "POST"])
def meeting(request: Request, meeting_id: uuid.UUID) -> HttpResponse:
    """A meeting: invitations and roles before, the shared page during, what becomes of it after."""
    found = queries.get_meeting(request.actor, meeting_id)
    form = ContributionForm(posted(request))
    write = {"actor": request.actor, "meeting_id": found.pk}
    if saved(form, lambda: pages.contribute(text=form.cleaned_data["text"], **write)):  # type: ignore[arg-type]
        return redirect("practice:meeting", found.pk)
    return _shown(request, found, form)


@confided
@require_safe
def live(request: Request, meeting_id: uuid.UUID) -> HttpResponse:
    """The part of the page that moves while the others write."""
    found = queries.get_meeting(request.actor, meeting_id)
    return render(request, "practice/meeting.html#live", _context(request, found, ContributionForm()))


def _shown(request: Request, found: Meeting, form: ContributionForm) -> HttpResponse:
    context = _context(request, found, form)
    return render(request, "practice/meeting.html", context, status=422 if form.errors else 200)


def _context(request: Request, found: Meeting, form: ContributionForm) -> dict[str, Any]:
    seat = queries.seat_of(request.actor, found)
    seats = queries.seats_of(found)
    leads = seat.role == GroupRole.ANIMATEUR
    return {
        "meeting": found,
        "form": form,
        "seat": seat,
        "seats": seats,
        "has_answered": seat.answer == Answer.OUI,
        "leads": leads,
        "arranges": leads or found.convened_by_id == request.actor.member_id,
        "convened": found.convened_by_id == request.actor.member_id,
        "roles_form": RolesForm(seats=[line for line in seats if line.seat.answer != Answer.NON]),
        "page": queries.page_of(request.actor, found) if found.opened_at and not found.page_erased_at else [],
        "phase": queries.phase_of(found),
        "phases": PHASES,
        "ends_at": queries.phase_ends_at(found),
        "may_write": queries.may_write(found, seat),
        "kept": queries.answers_to_keep(found),
        "is_last": found.phase + 1 == len(PHASES),
    }


def _act(request: Request, meeting_id: uuid.UUID, write: Callable[[], object], done: str = "") -> HttpResponse:
    """Do it, or say on the meeting's own page why it cannot be done."""
    queries.get_meeting(request.actor, meeting_id)
    return act(request, write, done, "practice:meeting", meeting_id)


@confided
@require_POST
def answer(request: Request, meeting_id: uuid.UUID) -> HttpResponse:
    """Say whether one will be there."""
    queries.get_meeting(request.actor, meeting_id)
    comes = request.POST.get("reponse") == "oui"
    if not comes and request.POST.get("reponse") != "non":
        return redirect("practice:meeting", meeting_id)
    write = {"actor": request.actor, "meeting_id": meeting_id, "comes": comes}
    response = _act(request, meeting_id, lambda: services.answer_invitation(**write))  # type: ignore[arg-type]
    return response if comes else redirect("practice:meetings")


@confided
@require_POST
def roles(request: Request, meeting_id: uuid.UUID) -> HttpResponse:
    """Say who does what."""
    found = queries.get_meeting(request.actor, meeting_id)
    form = RolesForm(request.POST, seats=queries.seats_of(found))

    def write() -> None:
        if not form.is_valid():
            raise InvalidInput({"roles": ["Choisissez un rôle dans la liste, pour chacun."]})
        services.give_roles(actor=request.actor, meeting_id=meeting_id, command=form.command())

    return _act(request, meeting_id, write, "Les rôles sont enregistrés.")


@confided
@require_POST
def begin(request: Request, meeting_id: uuid.UUID) -> HttpResponse:
    """The first phase starts to run."""
    return _act(request, meeting_id, lambda: services.open_meeting(actor=request.actor, meeting_id=meeting_id))


@confided
@require_POST
def forward(request: Request, meeting_id: uuid.UUID) -> HttpResponse:
    """The next phase, or the end."""
    phase = request.POST.get("phase", "")
    number = int(phase) if phase.isascii() and phase.isdigit() and len(phase) < 3 else -1
    write = {"actor": request.actor, "meeting_id": meeting_id, "from_phase": number}
    return _act(request, meeting_id, lambda: pages.next_phase(**write))  # type: ignore[arg-type]


@confided
@require_POST
def withdraw(request: Request, meeting_id: uuid.UUID, contribution_id: uuid.UUID) -> HttpResponse:
    """Take one's own lines back."""
    write = {"actor": request.actor, "meeting_id": meeting_id, "contribution_id": contribution_id}
    return _act(request, meeting_id, lambda: pages.withdraw_contribution(**write))  # type: ignore[arg-type]


@confided
@require_POST
def keep(request: Request, meeting_id: uuid.UUID) -> HttpResponse:
    """Keep the page, or let it go: an answer that is neither changes nothing."""
    said = request.POST.get("garder")
    queries.get_meeting(request.actor, meeting_id)
    if said not in ("oui", "non"):
        return redirect("practice:meeting", meeting_id)
    write = {"actor": request.actor, "meeting_id": meeting_id, "keeps": said == "oui"}
    return _act(request, meeting_id, lambda: pages.say_keep(**write))  # type: ignore[arg-type]


@confided
@require_POST
def cancel(request: Request, meeting_id: uuid.UUID) -> HttpResponse:
    """Call it off."""
    _act(
        request,
        meeting_id,
        lambda: services.cancel_meeting(actor=request.actor, meeting_id=meeting_id),
        "La séance est annulée.",
    )
    return redirect("practice:meetings")


@require_safe
def held(request: Request) -> HttpResponse:
    """For managers: that groups met, when and how long. Nothing else is read."""
    page = paginate(request, queries.held_meetings(request.actor))
    return render(request, "practice/held.html", {"page": page, "lines": queries.as_held(page.items)})
