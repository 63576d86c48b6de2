"""What a certifier decides: a route found closed, blocks that count in a new version; two versions compared."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from entremise.competences.forms import CorrespondenceForm, RouteForm
from entremise.competences.queries import decisions as queries
from entremise.competences.services import decisions as services
from entremise.core.http import Request
from entremise.core.permissions import can
from entremise.core.ui.saving import posted, saved


@require_http_methods(["GET", "POST"])
def route(request: Request, record_code: str, route: str) -> HttpResponse:
    """Confirm, or not, that a route is closed."""
    found = queries.inferred_route(request.actor, record_code, route)
    form = RouteForm(posted(request))
    told: dict[str, Any] = {"actor": request.actor, "record_code": found.record.code, "route": found.code}
    if saved(form, lambda: services.decide_route(**told, **form.cleaned_data)):
        messages.success(request, "Votre réponse est datée d’aujourd’hui. La voie reste fermée aux candidats.")
        return redirect("competences:record", found.record.code)
    known = queries.route_decisions(request.actor, found.record.code).get(found.code)
    context = {"route": found, "known": known, "form": form}
    return render(request, "competences/route.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
def compare(request: Request, record_code: str, older_code: str) -> HttpResponse:
    """Two versions side by side; a certifier says there which blocks count."""
    found = queries.compare(request.actor, older_code, record_code)
    known = queries.correspondences(request.actor, found.newer.code, found.older.code)
    proposed = queries.proposed_pairs(found.older, found.newer)
    form = CorrespondenceForm(
        posted(request),
        blocks=[(block.code, block.title) for block in found.newer.blocks.all()],
        older=[(block.code, f"{block.code} · {block.title}") for block in found.older.blocks.all()],
        known={code: row.from_blocks for code, row in known.items()} if known else proposed,
    )
    told: dict[str, Any] = {"actor": request.actor, "newer_code": found.newer.code, "older_code": found.older.code}
    decides = can(request.actor, "competences.prepare")
    if saved(form, lambda: services.decide_correspondences(pairs=form.pairs(), **told)) is not None:
        messages.success(request, "Ces correspondances comptent dès maintenant, pour vos candidats seulement.")
        return redirect("competences:compare", found.newer.code, found.older.code)
    context = {"found": found, "form": form, "decided": known, "proposed": proposed, "may_decide": decides}
    return render(request, "competences/compare.html", context, status=422 if form.errors else 200)
