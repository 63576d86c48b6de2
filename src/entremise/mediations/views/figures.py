"""The figures of mediations, for who answers for the teams."""

import datetime as dt

from django import forms
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from entremise.core.http import Request
from entremise.core.permissions import require
from entremise.core.time import today
from entremise.core.ui.widgets import DateInput
from entremise.mediations.queries.figures import FEW, figures


class PeriodForm(forms.Form):
    """GET only: two days, both included; the present year without an answer."""

    du = forms.DateField(label="Demandées du", required=False, widget=DateInput)
    au = forms.DateField(label="au", required=False, widget=DateInput)


@require_safe
def show(request: Request) -> HttpResponse:
    """Agreement rates with their denominators side by side, delays, durability, satisfaction."""
    require(request.actor, "mediations.count")
    form = PeriodForm(request.GET)
    form.is_valid()
    first = form.cleaned_data.get("du") or dt.date(today().year, 1, 1)
    last = form.cleaned_data.get("au") or today()
    context = {"form": form, "first": first, "last": last, "few": FEW, "found": figures(request.actor, first, last)}
    return render(request, "mediations/figures.html", context)
