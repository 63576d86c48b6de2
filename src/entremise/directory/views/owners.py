"""Who to warn of a defect: the table, and the panel on the page of a site."""

import uuid

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from entremise.core.http import Request
from entremise.core.permissions import can, require
from entremise.core.ui.lists import paginate
from entremise.core.ui.saving import posted, saved
from entremise.directory import queries, services
from entremise.directory.filters import OwnerFilters
from entremise.directory.forms import NAMES, OwnerForm
from entremise.directory.models import SiteOwner
from entremise.places.queries import label_of


def _rows(request: Request, owners: list[SiteOwner]) -> list[dict]:
    labels = dict(queries.category_choices(request.actor))
    return [
        {
            "owner": owner,
            "place": label_of(owner.site) if owner.site else f"Tout le secteur {owner.sector}",
            "categories": ", ".join(labels.get(code, code) for code in owner.categories) or "Tous les signalements",
        }
        for owner in owners
    ]


@require_http_methods(["GET", "POST"])
def owners(request: Request) -> HttpResponse:
    """The table of those who answer for places, and the form that adds one."""
    actor = request.actor
    require(actor, "directory.view" if request.method == "GET" else "directory.manage")
    form = OwnerForm(posted(request), actor=actor)
    named = saved(form, lambda: services.name_owner(actor=actor, **form.facts()), NAMES)
    if named:
        messages.success(request, f"« {named.partner.name} » sera prévenu.")
        return redirect("directory:owners")
    filters = OwnerFilters(request.GET, actor=actor)
    page = paginate(request, filters.listed())
    context = {
        "form": form,
        "filters": filters,
        "page": page,
        "export": "responsables",
        "rows": _rows(request, page.items),
        "may_manage": can(actor, "directory.manage"),
    }
    return render(request, "directory/owners.html", context, status=422 if form.errors else 200)


@require_POST
def owner_remove(request: Request, owner_id: uuid.UUID) -> HttpResponse:
    """Stop warning a partner for a place."""
    services.remove_owner(actor=request.actor, owner_id=owner_id)
    messages.success(request, "Ce partenaire ne sera plus prévenu pour ce lieu.")
    return redirect("directory:owners")


@require_GET
def site_owners(request: Request, site_id: uuid.UUID) -> HttpResponse:
    """Who is warned of a defect at this site (panel)."""
    require(request.actor, "directory.view")
    rows = _rows(request, queries.owners_of(request.actor, site_id))
    template = "directory/site_owners.html"
    context = {"rows": rows, "may_manage": can(request.actor, "directory.manage")}
    return render(request, f"{template}#owners" if request.htmx else template, context)
