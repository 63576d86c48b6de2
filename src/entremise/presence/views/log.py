"""The team log: one page per team and day, and the lines people write in it themselves."""

import datetime as dt
import json
import uuid
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from entremise.accounts.queries import list_teams
from entremise.core.actor import Actor
from entremise.core.db import get_one
from entremise.core.errors import NotFound
from entremise.core.http import Request
from entremise.core.time import day_bounds, local, today
from entremise.presence import log as registry
from entremise.presence import queries, services
from entremise.presence.forms import CallForm, InstructionForm
from entremise.presence.views.base import form_page, needs, submitted
from entremise.presence.views.start import initial_from

UNREAD_SHOWN = 10  # older ones are on the page of their day
RECENT_SHOWN = 3
FIRST_DAY = dt.date(2000, 1, 1)


def log_context(request: Request, team_id: uuid.UUID | None, day: dt.date) -> dict[str, Any]:
    """The lines of a day with their chips, and the mark that polling compares."""
    actor = request.actor
    known = registry.filters()
    chip = request.GET.get("type", "")
    chip = chip if chip in {item.code for item in known} else ""
    version = queries.day_version(actor, team_id, day)
    lines = queries.day_log(actor, team_id, day, chip=chip)
    mixed = team_id is None and len({line.entry.team_id for line in lines}) > 1
    names = {team.pk: team.name for team in list_teams(actor, own_only=True)} if mixed else {}
    for line in lines:
        line.entry.team_label = names.get(line.entry.team_id, "")  # type: ignore[attr-defined]
    return {
        "lines": lines,
        "chips": known,
        "chip": chip,
        "version": version,
        "poll_url": _poll_url(team_id, day, chip, version),
        "is_today": day == today(),
    }


def _poll_url(team_id: uuid.UUID | None, day: dt.date, chip: str, version: str) -> str:
    path = reverse("presence:log_changes", args=[team_id]) if team_id else reverse("presence:all_changes")
    return f"{path}?jour={day.isoformat()}&type={chip}&version={version}"


def _day(request: Request) -> dt.date:
    try:
        asked = dt.date.fromisoformat(request.GET.get("jour", ""))
    except ValueError:
        return today()
    return min(max(asked, FIRST_DAY), today())


def _own_team(actor: Actor, team_id: uuid.UUID) -> Any:
    return get_one(list_teams(actor, own_only=True).filter(pk=team_id))


@require_GET
@needs("presence.view_log")
def log_home(request: Request) -> HttpResponse:
    """The log of that of one's teams where something happened last."""
    actor = request.actor
    teams = list(list_teams(actor, own_only=True).values_list("pk", flat=True))
    if not teams:
        raise NotFound("team")
    return redirect("presence:log", queries.liveliest_team(actor, teams) if len(teams) > 1 else teams[0])


@require_GET
@needs("presence.view_log")
def log(request: Request, team_id: uuid.UUID) -> HttpResponse:
    """The log of one team and one day."""
    actor, day = request.actor, _day(request)
    team = _own_team(actor, team_id)
    unread = list(queries.instructions_before(actor, team.pk, day)[:UNREAD_SHOWN]) if day == today() else []
    context = {
        "team": team,
        "teams": list_teams(actor, own_only=True),
        "day": day,
        "before": day - dt.timedelta(days=1) if day > FIRST_DAY else None,
        "after": day + dt.timedelta(days=1) if day < today() else None,
        **_to_read(queries.worded(actor, unread), day),
        **log_context(request, team.pk, day),
    }
    return render(request, "presence/log.html", context)


def _to_read(lines: list[queries.Line], day: dt.date) -> dict[str, list[queries.Line]]:
    """Instructions of the day before stand open; older ones are folded, so that the day stays in sight."""
    since = day_bounds(day - dt.timedelta(days=1))[0]
    recent = [line for line in lines if line.entry.occurred_at >= since][:RECENT_SHOWN]
    return {"recent": recent, "older": [line for line in lines if line not in recent]}


@require_GET
@needs("presence.view_log")
def log_changes(request: Request, team_id: uuid.UUID | None = None) -> HttpResponse:
    """Asked every four seconds by open pages: 204 after one query when nothing changed, else the lines."""
    actor, day = request.actor, _day(request)
    if team_id is not None and team_id not in actor.team_ids:
        raise NotFound("team")
    if queries.day_version(actor, team_id, day) == request.GET.get("version"):
        return HttpResponse(status=204)
    response = render(request, "presence/_log.html", log_context(request, team_id, day))
    response["HX-Trigger"] = json.dumps({"annonce": "La main courante a changé."})
    return response


@require_POST
@needs("presence.view_log")
def acknowledge(request: Request, entry_id: uuid.UUID) -> HttpResponse:
    """ "Lu": the line comes back with the readers' names."""
    actor = request.actor
    entry = services.acknowledge(actor=actor, entry_id=entry_id)
    if request.htmx:
        (line,) = queries.worded(actor, [entry])
        response = render(request, "presence/_line.html", {"line": line, "with_day": False})
        response["HX-Trigger"] = json.dumps({"annonce": "Consigne marquée comme lue."})
        return response
    return redirect(_line_url(entry))


@require_POST
@needs("presence.view_log")
def withdraw(request: Request, entry_id: uuid.UUID) -> HttpResponse:
    """Take back an instruction or a call."""
    entry = services.withdraw_instruction(actor=request.actor, entry_id=entry_id)
    messages.success(request, "La ligne est retirée de la main courante.")
    return redirect(_line_url(entry))


def _line_url(entry: Any) -> str:
    day = local(entry.occurred_at).date().isoformat()
    return f"{reverse('presence:log', args=[entry.team_id])}?jour={day}#ligne-{entry.pk}"


@needs("presence.work")
def instruct(request: Request) -> HttpResponse:
    """Leave an instruction."""
    actor = request.actor
    initial, back = initial_from(request)
    form = InstructionForm(actor, request.POST or None, initial=initial)
    if submitted(request, form, services.leave_instruction, without=("round_id",)):
        messages.success(request, "Consigne laissée à l’équipe.")
        return redirect(back)
    return form_page(request, form, title="Laisser une consigne", submit="Laisser la consigne à l’équipe", back=back)


@needs("presence.work")
def note_call(request: Request) -> HttpResponse:
    """Note a received call."""
    actor = request.actor
    initial, back = initial_from(request)
    form = CallForm(actor, request.POST or None, initial=initial)
    if submitted(request, form, services.note_call):
        messages.success(request, "Appel noté dans la main courante.")
        return redirect(back)
    return form_page(request, form, title="Noter un appel reçu", submit="Noter dans la main courante", back=back)
