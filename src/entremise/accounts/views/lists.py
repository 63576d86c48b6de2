"""The closed lists and the sensitive values, as one organisation sets them."""

from collections import Counter
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from entremise.accounts.forms.members import CompleteForm, LabelForm, ReasonForm
from entremise.accounts.queries import list_lines, sensitive_lines
from entremise.accounts.queries.lists import SensitiveLine, count_changes
from entremise.accounts.services import lists as service
from entremise.accounts.views.base import attempt, refused
from entremise.core import nomenclature
from entremise.core.errors import NotFound
from entremise.core.permissions import can, require
from entremise.core.ui.saving import act


@require_GET
def lists(request: Any) -> HttpResponse:
    """Every list of the product, with how many items the organisation changed."""
    require(request.actor, "accounts.view_lists")
    changed: Counter[str] = count_changes(request.actor.organisation_id)
    rows = [(known, len(known.choices.values), changed[known.reference]) for known in nomenclature.all_lists()]
    return render(request, "accounts/lists.html", {"rows": rows})


def _known(reference: str) -> nomenclature.Nomenclature:
    try:
        return nomenclature.get(reference)
    except KeyError:
        raise NotFound("list")


def _context(request: Any, reference: str, form: CompleteForm | None = None) -> dict[str, Any]:
    known = _known(reference)
    lines = list_lines(request.actor.organisation_id, reference)
    national = [(line.code, line.label) for line in lines if not line.parent]
    form = form or CompleteForm()
    choice: Any = form.fields["parent"]
    choice.choices = [("", "Choisir…"), *national]
    may_change = can(request.actor, "accounts.manage_lists") and known.editable
    return {"known": known, "lines": lines, "form": form, "may_change": may_change}


@require_http_methods(["GET", "POST"])
def list_page(request: Any, reference: str) -> HttpResponse:
    """The items of a list; POST completes it."""
    require(request.actor, "accounts.view_lists")
    form = CompleteForm(request.POST or None)
    context = _context(request, reference, form)
    if request.method == "GET":
        return render(request, "accounts/list.html", context)
    require(request.actor, "accounts.manage_lists")
    if not attempt(form, lambda data: service.complete_item(actor=request.actor, reference=reference, **data)):
        return refused(request, "accounts/list.html", context)
    messages.success(request, "L’élément est ajouté sous son code national.")
    return redirect("accounts:list", reference)


@require_http_methods(["GET", "POST"])
def item(request: Any, reference: str, code: str) -> HttpResponse:
    """The organisation's words for one item."""
    require(request.actor, "accounts.manage_lists")
    context = _context(request, reference)
    line = next((one for one in context["lines"] if one.code == code), None)
    if line is None:
        raise NotFound("item")
    form = LabelForm(request.POST or None, initial={"label": line.label})
    context |= {"form": form, "line": line}
    if request.method == "GET":
        return render(request, "accounts/list_item.html", context)
    rename = {"actor": request.actor, "reference": reference, "code": code}
    if not attempt(form, lambda data: service.rename_item(**rename, label=data["label"])):
        return refused(request, "accounts/list_item.html", context)
    messages.success(request, "Le libellé est enregistré ; le code national ne change pas.")
    return redirect("accounts:list", reference)


@require_POST
def item_hide(request: Any, reference: str, code: str) -> HttpResponse:
    """Stop offering an item."""
    done = "L’élément n’est plus proposé ; ce qui a été noté avec lui le garde."
    hide = {"actor": request.actor, "reference": reference, "code": code}
    return act(request, lambda: service.hide_item(**hide), done, "accounts:list", reference)


@require_POST
def item_show(request: Any, reference: str, code: str) -> HttpResponse:
    """Offer it again."""
    show = {"actor": request.actor, "reference": reference, "code": code}
    return act(
        request, lambda: service.show_item(**show), "L’élément est de nouveau proposé.", "accounts:list", reference
    )


@require_GET
def sensitive(request: Any) -> HttpResponse:
    """The sensitive values, each with the decision in force."""
    require(request.actor, "accounts.view_sensitive")
    context = {
        "lines": sensitive_lines(request.actor.organisation_id),
        "may_change": can(request.actor, "accounts.manage_sensitive"),
    }
    return render(request, "accounts/sensitive.html", context)


@require_http_methods(["GET", "POST"])
def sensitive_allow(request: Any, reference: str, code: str) -> HttpResponse:
    """The reason, then the decision."""
    require(request.actor, "accounts.manage_sensitive")
    form = ReasonForm(request.POST or None)
    context = {"form": form, "line": _sensitive_line(request, reference, code)}
    if request.method == "GET":
        return render(request, "accounts/sensitive_allow.html", context)
    allow = {"actor": request.actor, "reference": reference, "code": code}
    if not attempt(form, lambda data: service.allow_sensitive(**allow, reason=data["reason"])):
        return refused(request, "accounts/sensitive_allow.html", context)
    messages.success(request, "La valeur est autorisée : les fiches la gardent dès maintenant.")
    return redirect("accounts:sensitive")


def _sensitive_line(request: Any, reference: str, code: str) -> SensitiveLine:
    for line in sensitive_lines(request.actor.organisation_id):
        if (line.list_reference, line.code) == (reference, code):
            return line
    raise NotFound("sensitive value")


@require_POST
def sensitive_withdraw(request: Any, reference: str, code: str) -> HttpResponse:
    """Stop keeping a sensitive value."""
    done = "L’autorisation est retirée : les nouvelles fiches ne gardent plus cette valeur."
    withdraw = {"actor": request.actor, "reference": reference, "code": code}
    return act(request, lambda: service.withdraw_sensitive(**withdraw), done, "accounts:sensitive")
