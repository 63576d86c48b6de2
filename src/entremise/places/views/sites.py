"""Sites: list, sheet, create, change, close."""

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
from entremise.places import queries, services
from entremise.places.filters import SiteFilters
from entremise.places.forms import SiteForm
from entremise.places.panels import PANELS

_NAMES = {"commune_code": "commune"}


@require_GET
def site_list(request: Request) -> HttpResponse:
    """The organisation's sites, by sector and family unless sorted otherwise."""
    actor = request.actor
    require(actor, "places.view")
    filters = SiteFilters(request.GET, actor=actor)
    page = paginate(request, filters.listed())
    context = {
        "filters": filters,
        "page": page,
        "export": "lieux",
        "lines": queries.site_lines(actor, page.items),
        "may_manage": can(actor, "places.manage"),
    }
    return render(request, "places/sites.html", context)


@require_GET
def site(request: Request, site_id: uuid.UUID) -> HttpResponse:
    """The facts of a site, its parts, and the panels of other modules."""
    actor = request.actor
    require(actor, "places.view")
    shown = queries.get_site(actor, site_id)
    context = {
        "line": queries.site_lines(actor, [shown])[0],
        "site": shown,
        "parts": queries.site_lines(actor, queries.list_parts(actor, shown.pk)),
        "panels": PANELS.shown_to(actor, shown.pk),
        "may_manage": can(actor, "places.manage"),
    }
    return render(request, "places/site.html", context)


def _form_page(request: Request, form: SiteForm, **context: Any) -> HttpResponse:
    return render(request, "places/site_form.html", {"form": form, **context}, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
def site_create(request: Request) -> HttpResponse:
    """A new site."""
    actor = request.actor
    require(actor, "places.manage")
    form = SiteForm(posted(request), actor=actor)
    created = saved(form, lambda: services.create_site(actor=actor, **form.facts()), _NAMES)
    if created:
        messages.success(request, f"Le lieu « {created.name} » est enregistré.")
        return redirect("places:site", created.pk)
    return _form_page(request, form, site=None)


@require_http_methods(["GET", "POST"])
def site_edit(request: Request, site_id: uuid.UUID) -> HttpResponse:
    """Change a site."""
    actor = request.actor
    require(actor, "places.manage")
    changed = queries.get_site(actor, site_id)
    form = SiteForm(posted(request), actor=actor, site=changed, initial=SiteForm.initial_of(changed))
    if saved(form, lambda: services.update_site(actor=actor, site_id=site_id, **form.facts()), _NAMES):
        messages.success(request, "Le lieu est à jour.")
        return redirect("places:site", site_id)
    return _form_page(request, form, site=changed)


@require_POST
def site_close(request: Request, site_id: uuid.UUID) -> HttpResponse:
    """Close a site and its parts."""
    closed = services.close_site(actor=request.actor, site_id=site_id)
    messages.success(request, f"Le lieu « {closed.name} » est fermé. Ce qui y a été noté reste lisible.")
    return redirect("places:site", site_id)


@require_POST
def site_reopen(request: Request, site_id: uuid.UUID) -> HttpResponse:
    """Open a closed site again."""
    opened = services.reopen_site(actor=request.actor, site_id=site_id)
    messages.success(request, f"Le lieu « {opened.name} » est de nouveau proposé.")
    return redirect("places:site", site_id)
