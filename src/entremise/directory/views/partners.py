"""Partners: list, sheet, create, change, check; and the phone's page of relays."""

import uuid
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from entremise.core.http import Request
from entremise.core.permissions import can, require
from entremise.core.ui.lists import paginate
from entremise.core.ui.saving import posted, saved
from entremise.directory import queries, services
from entremise.directory.filters import PartnerFilters, RelayFilters
from entremise.directory.forms import NAMES, PartnerForm

SECTOR_KEY = "relays_sector"


@require_GET
def partner_list(request: Request) -> HttpResponse:
    """The directory."""
    actor = request.actor
    require(actor, "directory.view")
    filters = PartnerFilters(request.GET, actor=actor)
    page = paginate(request, filters.listed())
    context = {
        "filters": filters,
        "page": page,
        "export": "annuaire",
        "lines": queries.partner_lines(actor, page.items),
        "may_manage": can(actor, "directory.manage"),
    }
    return render(request, "directory/partners.html", context)


@require_GET
def relays(request: Request) -> HttpResponse:
    """Who to call now, from the phone; the sector last chosen is proposed again."""
    actor = request.actor
    require(actor, "directory.view")
    asked = request.GET if request.GET else {"secteur": request.session.get(SECTOR_KEY, "")}
    filters = RelayFilters(asked, actor=actor)
    if "secteur" in request.GET:
        request.session[SECTOR_KEY] = filters.chosen.get("secteur", "")
    page = paginate(request, filters.listed(), per_page=30)
    context = {"filters": filters, "page": page, "lines": queries.partner_lines(actor, page.items)}
    return render(request, "directory/relays.html", context)


@require_GET
def partner(request: Request, partner_id: uuid.UUID) -> HttpResponse:
    """The sheet of a partner."""
    actor = request.actor
    require(actor, "directory.view")
    shown = queries.get_partner(actor, partner_id)
    context = {
        "line": queries.partner_lines(actor, [shown])[0],
        "partner": shown,
        "sectors": list(shown.sectors.all()),
        "may_manage": can(actor, "directory.manage"),
        "may_check": can(actor, "directory.check"),
    }
    return render(request, "directory/partner.html", context)


def _form_page(request: Request, form: PartnerForm, **context: Any) -> HttpResponse:
    return render(request, "directory/partner_form.html", {"form": form, **context}, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
def partner_create(request: Request) -> HttpResponse:
    """A new partner."""
    actor = request.actor
    require(actor, "directory.manage")
    form = PartnerForm(posted(request), actor=actor)
    created = saved(form, lambda: services.create_partner(actor=actor, **form.facts()), NAMES)
    if created:
        messages.success(request, f"« {created.name} » est dans l’annuaire.")
        return redirect("directory:partner", created.pk)
    return _form_page(request, form, partner=None)


@require_http_methods(["GET", "POST"])
def partner_edit(request: Request, partner_id: uuid.UUID) -> HttpResponse:
    """Change a partner."""
    actor = request.actor
    require(actor, "directory.manage")
    changed = queries.get_partner(actor, partner_id)
    form = PartnerForm(posted(request), actor=actor, partner=changed, initial=PartnerForm.initial_of(changed))
    if saved(form, lambda: services.update_partner(actor=actor, partner_id=partner_id, **form.facts()), NAMES):
        messages.success(request, "La fiche est à jour.")
        return redirect("directory:partner", partner_id)
    return _form_page(request, form, partner=changed)


@require_POST
def partner_checked(request: Request, partner_id: uuid.UUID) -> HttpResponse:
    """The sheet was checked today."""
    services.mark_checked(actor=request.actor, partner_id=partner_id)
    messages.success(request, "La fiche est marquée vérifiée aujourd’hui.")
    return redirect("directory:partner", partner_id)


@require_POST
def partner_close(request: Request, partner_id: uuid.UUID) -> HttpResponse:
    """Take a partner out of the directory's choices."""
    services.close_partner(actor=request.actor, partner_id=partner_id)
    messages.success(request, "Le partenaire n’est plus proposé. Ce qui a été noté avec lui reste lisible.")
    return redirect("directory:partner", partner_id)


@require_POST
def partner_reopen(request: Request, partner_id: uuid.UUID) -> HttpResponse:
    """Put a partner back."""
    services.reopen_partner(actor=request.actor, partner_id=partner_id)
    messages.success(request, "Le partenaire est de nouveau proposé.")
    return redirect("directory:partner", partner_id)
