"""Sectors: list, create, rename, take out of service."""

import uuid

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from entremise.core.http import Request
from entremise.core.permissions import can, require
from entremise.core.ui.lists import paginate
from entremise.core.ui.saving import posted, saved
from entremise.places import queries, services
from entremise.places.filters import SectorFilters
from entremise.places.forms import SectorForm
from entremise.places.models import Sector


@require_GET
def sector_list(request: Request) -> HttpResponse:
    """Sectors with the number of their open sites."""
    actor = request.actor
    require(actor, "places.view")
    filters = SectorFilters(request.GET, actor=actor)
    context = {
        "filters": filters,
        "page": paginate(request, filters.listed()),
        "export": "secteurs",
        "may_manage": can(actor, "places.manage"),
    }
    return render(request, "places/sectors.html", context)


def _form_page(request: Request, form: SectorForm, sector: Sector | None) -> HttpResponse:
    context = {"form": form, "sector": sector}
    return render(request, "places/sector_form.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
def sector_create(request: Request) -> HttpResponse:
    """A new sector."""
    require(request.actor, "places.manage")
    form = SectorForm(posted(request))
    del form.fields["is_active"]
    sector = saved(form, lambda: services.create_sector(actor=request.actor, name=form.cleaned_data["name"]))
    if sector:
        messages.success(request, f"Le secteur « {sector.name} » est créé.")
        return redirect("places:sectors")
    return _form_page(request, form, None)


@require_http_methods(["GET", "POST"])
def sector_edit(request: Request, sector_id: uuid.UUID) -> HttpResponse:
    """Rename a sector, or take it out of service."""
    require(request.actor, "places.manage")
    sector = queries.get_sector(request.actor, sector_id)
    form = SectorForm(posted(request), initial={"name": sector.name, "is_active": sector.is_active})
    if saved(form, lambda: services.rename_sector(actor=request.actor, sector_id=sector_id, **form.cleaned_data)):
        messages.success(request, "Le secteur est à jour.")
        return redirect("places:sectors")
    return _form_page(request, form, sector)
