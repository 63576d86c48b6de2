"""The figures of mediations, for who answers for the teams."""

import datetime as dt

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from entremise.core.http import Request
from entremise.core.permissions import require
from entremise.core.time import today
from entremise.core.ui.filters import PeriodForm
from entremise.mediations.queries.figures import FEW, figures


@require_safe
def show(request: Request) -> HttpResponse:
    """The period's cases (the present year's without an answer): agreement rates with their denominators side by side,
    delays, durability, satisfaction.
    """
    require(request.actor, "mediations.count")
    form = PeriodForm(request.GET)
    form.is_valid()
    first = form.cleaned_data.get("du") or dt.date(today().year, 1, 1)
    last = form.cleaned_data.get("au") or today()
    context = {"form": form, "first": first, "last": last, "few": FEW, "found": figures(request.actor, first, last)}
    return render(request, "mediations/figures.html", context)
