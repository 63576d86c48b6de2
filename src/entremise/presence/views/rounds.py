"""Plan, list, read, close and merge rounds."""

import uuid
from functools import partial
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from entremise.accounts.queries import choices_for
from entremise.core.errors import InvalidInput
from entremise.core.http import Request
from entremise.core.time import now
from entremise.core.ui.lists import paginate
from entremise.core.ui.saving import saved
from entremise.presence import queries, services
from entremise.presence.filters import RoundFilters
from entremise.presence.forms import CloseRoundForm, LateRoundForm, MergeForm, PlanRoundForm
from entremise.presence.models import Round
from entremise.presence.queries.carnet import outing_title, stop_rows
from entremise.presence.services.rounds import ROUND
from entremise.presence.views.base import form_page, needs, submitted

CLOSED = "Tournée terminée. L’équipe lira votre passage dans la main courante."


@require_GET
@needs("presence.view_log")
def rounds(request: Request) -> HttpResponse:
    """Every round of one's teams."""
    actor = request.actor
    form = RoundFilters(actor, request.GET)
    page = paginate(request, form.listed(queries.list_rounds(actor)))
    names = queries.names_of(page.items)
    contacts = queries.contacts_of_rounds([outing.pk for outing in page.items])
    context = {
        "filters_form": form,
        "page": page,
        "rows": [
            {
                "outing": outing,
                "title": outing_title(outing),
                "names": names[outing.pk],
                "contacts": contacts.get(outing.pk, 0),
                "left_open": queries.is_left_open(outing),
            }
            for outing in page.items
        ],
    }
    return render(request, "presence/rounds.html", context)


@needs("presence.plan")
def plan(request: Request) -> HttpResponse:
    """Put a round, a drop-in, a school-gate or line presence in the plan."""
    actor = request.actor
    form = PlanRoundForm(actor, request.POST or None)
    if submitted(request, form, services.plan_round):
        messages.success(request, "C’est prévu. L’équipe la trouvera au moment de partir.")
        return redirect("presence:rounds")
    return form_page(request, form, title="Prévoir une présence", submit="Mettre au planning", back="/tournees/")


@needs("presence.work")
def open_late(request: Request) -> HttpResponse:
    """Open a round with its real start, another sector, other people."""
    actor = request.actor
    form = LateRoundForm(actor, request.POST or None)
    opened = submitted(request, form, services.open_round)
    if opened is not None:
        return redirect("presence:round", opened.pk)
    return form_page(request, form, title="Ouvrir une tournée commencée", submit="Ouvrir", back="/tournee/")


@require_POST
@needs("presence.work")
def open_planned(request: Request, round_id: uuid.UUID) -> HttpResponse:
    """Start what was planned."""
    return _try(request, services.open_planned_round, round_id, "presence:round")


@require_POST
@needs("presence.work")
def join(request: Request, round_id: uuid.UUID) -> HttpResponse:
    """Join a colleague's round."""
    return _try(request, services.join_round, round_id, "presence:round")


@require_POST
@needs("presence.plan")
def cancel(request: Request, round_id: uuid.UUID) -> HttpResponse:
    """Cancel what was only planned."""
    return _try(request, services.cancel_round, round_id, "presence:round_detail")


def _try(request: Request, action: Any, round_id: uuid.UUID, target: str) -> HttpResponse:
    try:
        action(actor=request.actor, round_id=round_id)
    except InvalidInput as refusal:
        for sentences in refusal.errors.values():
            messages.error(request, " ".join(sentences))
        return redirect("presence:round_detail", round_id)
    return redirect(target, round_id)


@require_GET
@needs("presence.view_log")
def round_detail(request: Request, round_id: uuid.UUID) -> HttpResponse:
    """A round as it was: hours, stops, contacts, hand-over."""
    actor = request.actor
    outing = queries.get_round(actor, round_id)
    lists = choices_for(actor.organisation_id, "L24")
    rows = stop_rows(list(queries.list_stops(outing)), lists["L24"])
    context = {
        "outing": outing,
        "title": outing_title(outing),
        "names": queries.names_of([outing])[outing.pk],
        "rows": rows,
        "contacts": sum(row.contacts.total for row in rows),
        "handovers": queries.instructions_of(actor, ROUND, outing.pk),
        "overlaps": queries.overlapping_rounds(actor, outing),
        "left_open": queries.is_left_open(outing),
    }
    return render(request, "presence/round_detail.html", context)


@needs("presence.work")
def close_round(request: Request, round_id: uuid.UUID) -> HttpResponse:
    """Hours and hand-over; also corrects the hours of a closed round."""
    actor = request.actor
    outing = queries.get_round(actor, round_id)
    left_open = queries.is_left_open(outing)
    end = None if left_open else outing.ended_at or now()  # a forgotten end is asked, not guessed
    form = CloseRoundForm(request.POST or None, initial={"started_at": outing.started_at, "ended_at": end})
    if submitted(request, form, services.close_round, round_id=outing.pk):
        messages.success(request, "Heures enregistrées." if outing.minutes is not None else CLOSED)
        return redirect("presence:round_detail", outing.pk)
    context = {"outing": outing, "title": outing_title(outing), "left_open": left_open}
    return form_page(request, form, template="presence/close.html", **context)


@needs("presence.work")
def merge(request: Request, round_id: uuid.UUID, other_id: uuid.UUID) -> HttpResponse:
    """Two overlapping rounds side by side; someone chooses."""
    actor = request.actor
    pair = [queries.get_round(actor, round_id), queries.get_round(actor, other_id)]
    sides = _sides(actor, pair)
    form = MergeForm([(str(side["outing"].pk), side["label"]) for side in sides], request.POST or None)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        keep, absorb = sorted(pair, key=lambda outing: str(outing.pk) != data["keep"])
        options = {"add_contacts": data["contacts"] == "add", "widest_hours": data["hours"] == "widest"}
        if saved(form, partial(services.merge_rounds, actor=actor, keep_id=keep.pk, absorb_id=absorb.pk, **options)):
            messages.success(request, "Les deux tournées n’en font plus qu’une.")
            return redirect("presence:round_detail", keep.pk)
    return form_page(request, form, template="presence/merge.html", sides=sides)


def _sides(actor: Any, pair: list[Round]) -> list[dict[str, Any]]:
    names = queries.names_of(pair)
    contacts = queries.contacts_of_rounds([outing.pk for outing in pair])
    lists = choices_for(actor.organisation_id, "L24")
    return [
        {
            "outing": outing,
            "title": outing_title(outing),
            "names": names[outing.pk],
            "contacts": contacts.get(outing.pk, 0),
            "rows": stop_rows(list(queries.list_stops(outing)), lists["L24"]),
            "label": f"{'AB'[index]} · {', '.join(names[outing.pk])}",
        }
        for index, outing in enumerate(pair)
    ]
