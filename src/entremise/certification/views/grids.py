"""The certifier's grids: which are written, and writing one."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from entremise.certification.forms.grids import GridForm
from entremise.certification.queries import grids as queries
from entremise.certification.queries.certifier import record_of
from entremise.certification.services.grids import write_grid
from entremise.core.errors import Conflict
from entremise.core.http import Request
from entremise.core.permissions import require
from entremise.core.ui.saving import posted, read_again, saved


@require_safe
def grids(request: Request) -> HttpResponse:
    """Every examination of every block of the record, with the version of its grid."""
    require(request.actor, "certification.manage")
    record = record_of(request.actor)
    context = {"record": record, "lines": queries.grid_lines(request.actor, record)}
    return render(request, "certification/grids.html", context)


@require_http_methods(["GET", "POST"])
def grid(request: Request, block_code: str, exam: str) -> HttpResponse:
    """Criteria and levels of one examination."""
    require(request.actor, "certification.manage")
    record = record_of(request.actor)
    block, kind = queries.examined(record, block_code, exam)
    known = queries.last_grid(request.actor, record.code, block.code, kind)
    form = GridForm(posted(request), block=block, known=known)
    told: dict[str, Any] = {"actor": request.actor, "block_code": block.code, "exam": kind}
    found, conflict = None, False
    try:
        found = saved(form, lambda: write_grid(facts=form.facts(), base_version=form.base(), **told))
    except Conflict:
        conflict, known = True, queries.last_grid(request.actor, record.code, block.code, kind)
        read_again(form, known.stamp if known else 0)
    if found is not None:
        messages.success(request, f"La version {found.version} de cette grille servira aux prochaines convocations.")
        return redirect("certification:grids")
    context = {"form": form, "subject": block, "exam": kind, "grid": known, "conflict": conflict}
    return render(request, "certification/grid.html", context, status=422 if form.errors or conflict else 200)
