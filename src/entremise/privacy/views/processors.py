"""The list of processors."""

import uuid
from functools import partial
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from entremise.core import personal
from entremise.core.http import Request
from entremise.core.permissions import can, require
from entremise.core.ui.lists import paginate
from entremise.core.ui.saving import saved
from entremise.privacy.countries import COUNTRIES, transfer_of
from entremise.privacy.filters_accountability import ProcessorFilters
from entremise.privacy.forms.accountability import ProcessorForm
from entremise.privacy.models import Processor
from entremise.privacy.queries.processors import get_processor
from entremise.privacy.services.processors import add_processor, change_processor


@require_GET
def processors(request: Request) -> HttpResponse:
    """Who handles data for the organisation."""
    require(request.actor, "privacy.view_register")
    filters = ProcessorFilters(request.GET)
    page = paginate(request, filters.apply(request.actor))
    labels = {one.code: one.label for one in personal.processings()}
    context = {
        "filters": filters,
        "page": page,
        "rows": [_row(one, labels) for one in page.items],
        "may_write": can(request.actor, "privacy.write_processors"),
    }
    return render(request, "privacy/processors.html", context)


def _row(one: Processor, labels: dict[str, str]) -> dict[str, object]:
    kind, transfer = transfer_of(one.country)
    processings = [labels[code] for code in one.processings if code in labels]
    country = COUNTRIES[one.country]
    return {"one": one, "country": country, "kind": kind, "transfer": transfer, "processings": processings}


@require_http_methods(["GET", "POST"])
def processor_create(request: Request) -> HttpResponse:
    """A new processor."""
    require(request.actor, "privacy.write_processors")
    form = ProcessorForm(request.POST if request.method == "POST" else None)
    if form.is_valid() and (done := saved(form, partial(add_processor, actor=request.actor, facts=form.facts()))):
        messages.success(request, f"« {done.name} » est dans la liste.")
        return redirect("privacy:processors")
    return _page(request, form, None)


@require_http_methods(["GET", "POST"])
def processor_edit(request: Request, processor_id: uuid.UUID) -> HttpResponse:
    """Change a processor."""
    require(request.actor, "privacy.write_processors")
    one = get_processor(request.actor, processor_id)
    form = ProcessorForm(request.POST if request.method == "POST" else None, initial=ProcessorForm.initial_of(one))
    change: dict[str, Any] = {"actor": request.actor, "processor_id": one.pk}
    if form.is_valid() and saved(form, partial(change_processor, **change, facts=form.facts())) is not None:
        messages.success(request, "Le sous-traitant est à jour.")
        return redirect("privacy:processors")
    return _page(request, form, one)


def _page(request: Request, form: ProcessorForm, one: Processor | None) -> HttpResponse:
    context = {"form": form, "processor": one}
    return render(request, "privacy/processor_form.html", context, status=422 if form.is_bound else 200)
