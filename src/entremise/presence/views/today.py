"""The first page: the day of the teams, and what waits for me."""

from django.http import HttpResponse
from django.shortcuts import render

from entremise.accounts.welcome import welcome
from entremise.core.http import Request
from entremise.core.permissions import can
from entremise.core.time import today as this_day
from entremise.presence import figures, queries
from entremise.presence.queries.carnet import outing_title
from entremise.presence.views.base import needs
from entremise.presence.views.log import log_context


@needs("presence.today")
def today(request: Request) -> HttpResponse:
    """Everyone's first page; the log is there for those who may read it."""
    actor = request.actor
    day = this_day()
    reads_log = can(actor, "presence.view_log")
    context = {
        "day": day,
        "reads_log": reads_log,
        "figures": [figure for source in figures.sources() for figure in source(actor, day)][:4],
        "waiting": queries.waiting_for(actor),
    }
    if not reads_log:
        context["welcome"] = welcome(actor)
    else:
        out = [outing for outing in queries.open_rounds(actor)[:12] if not queries.is_left_open(outing)]
        names = queries.names_of(out)
        mine = queries.current_round(actor)
        context |= {
            "out": [(outing, outing_title(outing), names[outing.pk]) for outing in out],
            "mine": None if mine is None or queries.is_left_open(mine) else mine,
            **log_context(request, None, day),
        }
    return render(request, "presence/today.html", context)
