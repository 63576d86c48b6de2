"""Sectors: list, create, rename, take out of service."""

import uuid

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from entremise.core.errors import InvalidInput
from entremise.core.http import Request
from entremise.core.permissions import can, require
from entremise.core.ui.lists import paginate
from entremise.places import queries, services
from entremise.places.forms import SectorForm, add_refusal


@require_GET
def sector_list(request: Request) -> HttpResponse:
    """Sectors with the number of their open sites."""
    actor = request.actor
    require(actor, "places.view")
    page = paginate(request, queries.sectors_with_counts(actor))
    return render(request, "places/sectors.html", {"page": page, "may_manage": can(actor, "places.manage")})


@require_http_methods(["GET", "POST"])
def sector_create(request: Request) -> HttpResponse:
    """A new sector."""
    require(request.actor, "places.manage")
    form = SectorForm(request.POST if request.method == "POST" else None)
    del form.fields["is_active"]
    if request.method == "POST" and form.is_valid():
        try:
            sector = services.create_sector(actor=request.actor, name=form.cleaned_data["name"])
        except InvalidInput as refusal:
            add_refusal(form, refusal)
        else:
            messages.success(request, f"Le secteur « {sector.name} » est créé.")
            return redirect("places:sectors")
    return render(
        request, "places/sector_form.html", {"form": form, "sector": None}, status=422 if form.errors else 200
    )


@require_http_methods(["GET", "POST"])
def sector_edit(request: Request, sector_id: uuid.UUID) -> HttpResponse:
    """Rename a sector, or take it out of service."""
    require(request.actor, "places.manage")
    sector = queries.get_sector(request.actor, sector_id)
    form = SectorForm(
        request.POST if request.method == "POST" else None, initial={"name": sector.name, "is_active": sector.is_active}
    )
    if request.method == "POST" and form.is_valid():
        try:
            services.rename_sector(actor=request.actor, sector_id=sector_id, **form.cleaned_data)
        except InvalidInput as refusal:
            add_refusal(form, refusal)
        else:
            messages.success(request, "Le secteur est à jour.")
            return redirect("places:sectors")
    return render(
        request, "places/sector_form.html", {"form": form, "sector": sector}, status=422 if form.errors else 200
    )
