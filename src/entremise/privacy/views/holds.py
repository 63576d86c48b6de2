"""Legal holds: list, place, renew, lift."""

import uuid
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from entremise.accounts.queries import member_names
from entremise.core.errors import InvalidInput
from entremise.core.http import Request
from entremise.core.permissions import can, require
from entremise.core.ui.lists import paginate
from entremise.core.ui.saving import act, refuse
from entremise.privacy.forms.retention import HoldForm, RenewForm
from entremise.privacy.queries.holds import get_hold, list_holds
from entremise.privacy.services.holds import lift_hold, place_hold, renew_hold


@require_safe
def holds(request: Request) -> HttpResponse:
    """What must not be erased for now: references and dates; the reasons are the officer’s."""
    require(request.actor, "privacy.view_retention")
    context = {
        "page": paginate(request, list_holds(request.actor)),
        "may_decide": can(request.actor, "privacy.decide_retention"),
    }
    return render(request, "privacy/holds.html", context)


@require_http_methods(["GET", "POST"])
def place(request: Request) -> HttpResponse:
    """Hold a record by its reference."""
    require(request.actor, "privacy.decide_retention")
    form = HoldForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            hold = place_hold(actor=request.actor, **form.cleaned_data)
        except InvalidInput as refusal:
            refuse(form, refusal)
        else:
            messages.success(request, f"La fiche {hold.reference} est gelée jusqu’au {hold.until:%d/%m/%Y}.")
            return redirect("privacy:hold", hold.pk)
    return render(request, "privacy/hold_form.html", {"form": form}, status=422 if form.errors else 200)


@require_safe
def hold(request: Request, hold_id: uuid.UUID) -> HttpResponse:
    """One hold, and what can be done with it."""
    return _page(request, hold_id)


def _page(request: Request, hold_id: uuid.UUID, form: RenewForm | None = None) -> HttpResponse:
    require(request.actor, "privacy.view_retention")
    found = get_hold(request.actor, hold_id)
    names: dict[Any, str] = dict(
        member_names([member for member in (found.placed_by_id, found.lifted_by_id) if member])
    )
    context = {
        "hold": found,
        "placed_by": names.get(found.placed_by_id, ""),
        "lifted_by": names.get(found.lifted_by_id, ""),
        "form": form or RenewForm(),
        "may_decide": can(request.actor, "privacy.decide_retention"),
    }
    return render(request, "privacy/hold.html", context, status=422 if form else 200)


@require_POST
def renew(request: Request, hold_id: uuid.UUID) -> HttpResponse:
    """Let it go on."""
    require(request.actor, "privacy.decide_retention")
    get_hold(request.actor, hold_id)
    form = RenewForm(request.POST)
    if form.is_valid():
        try:
            found = renew_hold(actor=request.actor, hold_id=hold_id, until=form.cleaned_data["until"])
        except InvalidInput as refusal:
            refuse(form, refusal)
        else:
            messages.success(request, f"Le gel va jusqu’au {found.until:%d/%m/%Y}.")
            return redirect("privacy:hold", hold_id)
    return _page(request, hold_id, form)


@require_POST
def lift(request: Request, hold_id: uuid.UUID) -> HttpResponse:
    """What was held follows its rule again."""
    done = "Le gel est levé : la fiche suit de nouveau sa règle."
    return act(request, lambda: lift_hold(actor=request.actor, hold_id=hold_id), done, "privacy:hold", hold_id)
