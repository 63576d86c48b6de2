"""The phone page of a round: arrive, count, say the atmosphere, go on."""

import json
import uuid
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import NoReverseMatch, reverse
from django.views.decorators.http import require_POST

from entremise.accounts.queries import choices_for
from entremise.core.errors import InvalidInput, NotFound
from entremise.core.http import Request
from entremise.core.time import day_bounds, today
from entremise.presence import queries, services
from entremise.presence.enums import AgeBand, Reception
from entremise.presence.forms import OpenRoundForm
from entremise.presence.models import Round, Stop
from entremise.presence.queries.carnet import band_rows, outing_title, stop_rows, walk_of
from entremise.presence.views.base import form_page, needs, submitted


@needs("presence.work")
def my_round(request: Request) -> HttpResponse:
    """The round one is part of, or how to open one."""
    actor = request.actor
    mine = queries.current_round(actor)
    if mine is not None and not queries.is_left_open(mine) and request.method == "GET":
        return redirect("presence:round", mine.pk)
    form = OpenRoundForm(actor, request.POST or None)
    opened = submitted(request, form, services.open_round)
    if opened is not None:
        return redirect("presence:round", opened.pk)
    out = [outing for outing in queries.open_rounds(actor)[:12] if not queries.is_left_open(outing)]
    names = queries.names_of(out)
    return form_page(
        request,
        form,
        template="presence/my_round.html",
        forgotten=mine if mine is not None and queries.is_left_open(mine) else None,
        colleagues=[(outing, outing_title(outing), names[outing.pk]) for outing in out],
        planned=_planned(request),
    )


def _planned(request: Request) -> list[tuple[Round, str, list[str]]]:
    rounds = list(queries.planned_rounds(request.actor, until=day_bounds(today())[1])[:8])
    names = queries.names_of(rounds)
    return [(outing, outing_title(outing), names[outing.pk]) for outing in rounds]


@needs("presence.work")
def round_page(request: Request, round_id: uuid.UUID) -> HttpResponse:
    """The page of an open round; a closed one has its own."""
    actor = request.actor
    outing = queries.get_round(actor, round_id)
    if not outing.is_open:
        return redirect("presence:round_detail", outing.pk)
    walk = walk_of(actor, outing)
    people = queries.people_of([outing])[outing.pk]
    names = queries.names_of([outing])[outing.pk]
    others = [name for member, name in zip(people, names, strict=True) if member != actor.member_id]
    context = {
        "outing": outing,
        "title": outing_title(outing),
        "walk": walk,
        "others": others,
        "is_mine": actor.member_id in people,
        "left_open": queries.is_left_open(outing),
        "overlaps": [item.outing for item in queries.overlapping_rounds(actor, outing) if item.likely],
        "receptions": Reception.choices,
        "record_url": _record_url(outing),
    }
    if walk.here:
        context |= stop_context(walk.here.stop, walk.here, walk.atmospheres)
    return render(request, "presence/round.html", context)


def _record_url(outing: Round) -> str:
    """The page that notes an act, once the module above has one."""
    try:
        return f"{reverse('interventions:record')}?round={outing.pk}"
    except NoReverseMatch:
        return ""


def stop_context(stop: Stop, row: Any, atmospheres: list[tuple[str, str]]) -> dict[str, Any]:
    """What the card of the present place shows."""
    return {
        "stop": stop,
        "row": row,
        "bands": band_rows(row.contacts),
        "no_band": AgeBand.NON_COMMUNIQUE,
        "token": uuid.uuid4().hex,
        "atmospheres": atmospheres,
        "receptions": Reception.choices,
        "swap": False,
        "refused": "",
    }


@require_POST
@needs("presence.work")
def arrive(request: Request, round_id: uuid.UUID) -> HttpResponse:
    """ "J’y suis"."""
    try:
        site_id = uuid.UUID(request.POST.get("site_id", ""))
    except ValueError:
        raise NotFound("site")
    return _then_round(request, round_id, services.arrive_at_site, round_id=round_id, site_id=site_id)


def _then_round(request: Request, page_id: uuid.UUID, action: Any, **fields: Any) -> HttpResponse:
    try:
        action(actor=request.actor, **fields)
    except InvalidInput as refusal:
        for sentences in refusal.errors.values():
            messages.error(request, " ".join(sentences))
    return redirect("presence:round", page_id)


@require_POST
@needs("presence.work")
def tally(request: Request, stop_id: uuid.UUID) -> HttpResponse:
    """+1 and −1, in place or with a full page."""
    fields = {
        "stop_id": stop_id,
        "step": {"1": 1, "-1": -1}.get(request.POST.get("step", ""), 0),
        "band": request.POST.get("band", AgeBand.NON_COMMUNIQUE),
        "token": request.POST.get("token", ""),
    }
    return _in_place(request, stop_id, "compte", services.tally, fields, "")


@require_POST
@needs("presence.work")
def atmosphere(request: Request, stop_id: uuid.UUID) -> HttpResponse:
    """Saved at a tap."""
    fields = {"stop_id": stop_id, "atmosphere": request.POST.get("atmosphere", "")}
    return _in_place(request, stop_id, "ambiance", services.set_atmosphere, fields, "Ambiance enregistrée.")


@require_POST
@needs("presence.work")
def reception(request: Request, stop_id: uuid.UUID) -> HttpResponse:
    """Saved at a tap."""
    fields = {"stop_id": stop_id, "reception": request.POST.get("reception", "")}
    return _in_place(request, stop_id, "accueil", services.set_reception, fields, "Accueil enregistré.")


def _in_place(
    request: Request, stop_id: uuid.UUID, part: str, action: Any, fields: dict[str, Any], said: str
) -> HttpResponse:
    actor = request.actor
    stop = queries.get_stop(actor, stop_id)
    if not request.htmx:
        return _then_round(request, stop.round_id, action, **fields)
    refused = ""
    try:
        action(actor=actor, **fields)
    except InvalidInput as refusal:
        refused = refusal.sentences
    choices = choices_for(actor.organisation_id, "L24")["L24"]
    stop = queries.get_stop(actor, stop_id)
    (row,) = stop_rows([stop], choices)
    context = stop_context(stop, row, choices.offered) | {"swap": True, "refused": refused}
    response = render(request, f"presence/_stop.html#{part}", context, status=422 if refused else 200)
    total = row.contacts.total
    announced = refused or said or f"{total} contact{'s' if total > 1 else ''} ici"
    response["HX-Trigger"] = json.dumps({"annonce": announced})
    return response
