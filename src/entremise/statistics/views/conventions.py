"""Conventions with funders."""

import uuid

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from entremise.core.actor import Actor
from entremise.core.errors import InvalidInput
from entremise.core.http import Request
from entremise.core.permissions import can, require
from entremise.core.ui.lists import paginate
from entremise.core.ui.saving import refuse
from entremise.statistics import services
from entremise.statistics.filters import ConventionFilters
from entremise.statistics.forms import ConventionForm
from entremise.statistics.models import Convention
from entremise.statistics.queries import count_links, get_convention


@require_GET
def conventions(request: Request) -> HttpResponse:
    """Every convention, running ones first."""
    actor = request.actor
    require(actor, "statistics.view")
    filters = ConventionFilters(request.GET, actor=actor)
    context = {
        "filters": filters,
        "page": paginate(request, count_links(filters.listed())),
        "export": "conventions",
        "can_manage": can(actor, "statistics.manage"),
    }
    return render(request, "statistics/conventions.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def convention_create(request: Request) -> HttpResponse:
    """Record a convention."""
    actor = request.actor
    require(actor, "statistics.manage")
    form = ConventionForm(request.POST if request.method == "POST" else None, actor=actor)
    if request.method == "POST" and form.is_valid() and (convention := _save(actor, form)):
        messages.success(request, f"Convention avec {convention.funder_name} enregistrée.")
        return redirect("statistics:conventions")
    return _page(request, form, None)


@require_http_methods(["GET", "HEAD", "POST"])
def convention_edit(request: Request, convention_id: uuid.UUID) -> HttpResponse:
    """Change a convention; what was already sent does not move."""
    actor = request.actor
    convention = get_convention(actor, convention_id)
    require(actor, "statistics.manage", convention)
    form = ConventionForm(request.POST if request.method == "POST" else None, actor=actor, convention=convention)
    if request.method == "POST" and form.is_valid() and _save(actor, form, convention):
        messages.success(request, "Convention modifiée. Les bilans déjà envoyés ne changent pas.")
        return redirect("statistics:conventions")
    return _page(request, form, convention)


def _save(actor: Actor, form: ConventionForm, convention: Convention | None = None) -> Convention | None:
    try:
        if convention is None:
            return services.record_convention(actor=actor, facts=form.facts())
        return services.change_convention(actor=actor, convention_id=convention.pk, facts=form.facts())
    except InvalidInput as refusal:
        refuse(form, refusal)
        return None


def _page(request: Request, form: ConventionForm, convention: Convention | None) -> HttpResponse:
    context = {"form": form, "convention": convention}
    return render(request, "statistics/convention.html", context, status=422 if form.is_bound else 200)
