"""The pages of records: parse, call, render."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from entremise.competences import queries
from entremise.competences.enums import LineKind
from entremise.competences.queries.confirming import may_prepare
from entremise.competences.queries.decisions import comparable, routes_of
from entremise.core.http import Request
from entremise.core.permissions import can


@require_safe
def records(request: Request) -> HttpResponse:
    """The records of this installation; the only one opens at once."""
    found = list(queries.list_records(request.actor))
    prepares = can(request.actor, "competences.prepare")
    if len(found) == 1 and not prepares:
        return redirect("competences:record", found[0].code)
    return render(request, "competences/records.html", {"records": found, "may_prepare": prepares})


@require_safe
def record(request: Request, record_code: str) -> HttpResponse:
    """A record as it is printed: blocks and competences first."""
    found = queries.get_record(request.actor, record_code)
    context = {
        "record": found,
        "may_confirm": may_prepare(request.actor, found),
        "blocks": queries.blocks_of(found),
        "routes": routes_of(request.actor, found),
        "may_decide": can(request.actor, "competences.prepare"),
        "others": comparable(request.actor, found, list(queries.list_records(request.actor))),
        "codes": queries.codes_of(found),
        "activities": queries.lines_of(found, LineKind.ACTIVITY),
        "sectors": queries.lines_of(found, LineKind.SECTOR),
        "jobs": queries.lines_of(found, LineKind.JOB),
        "legal": queries.lines_of(found, LineKind.LEGAL),
    }
    return render(request, "competences/record.html", context)
