"""The register of processing: read, complete, go back to a version, take away."""

from functools import partial
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from entremise.accounts.queries import get_organisation
from entremise.core.errors import NotFound
from entremise.core.http import Request, as_file
from entremise.core.permissions import can, require
from entremise.core.time import today
from entremise.core.ui.saving import act, saved
from entremise.documents.services import to_odt
from entremise.privacy.exports_accountability import CODE, register_csv, register_document, sheet_rows
from entremise.privacy.filters_accountability import SheetFilters
from entremise.privacy.forms.accountability import HouseForm, SheetForm
from entremise.privacy.measures import MEASURES
from entremise.privacy.queries.register import HOUSE_FIELDS, Register, get_register, get_register_at, list_versions
from entremise.privacy.services.register import confirm_register, record_export, write_house, write_sheet
from entremise.privacy.views.downloads import CSV, ODT


def _shown(request: Request, register: Register, **context: Any) -> dict[str, Any]:
    filters = SheetFilters(request.GET)
    return {
        "register": register,
        "house": [(title, register.words.house.get(name, "")) for name, (title, _) in HOUSE_FIELDS.items()],
        "filters": filters,
        "sheets": filters.apply(register.sheets),
        "measures": MEASURES,
        "may_write": can(request.actor, "privacy.write_register"),
        **context,
    }


@require_GET
def register_page(request: Request) -> HttpResponse:
    """The register as it stands."""
    require(request.actor, "privacy.view_register")
    return render(request, "privacy/register.html", _shown(request, get_register(request.actor), is_old=False))


@require_GET
def versions(request: Request) -> HttpResponse:
    """Every version, the newest first."""
    require(request.actor, "privacy.view_register")
    return render(request, "privacy/register_versions.html", {"versions": list_versions(request.actor)})


@require_GET
def version(request: Request, number: int) -> HttpResponse:
    """The register as one version kept it."""
    require(request.actor, "privacy.view_register")
    register = get_register_at(request.actor, number)
    return render(request, "privacy/register.html", _shown(request, register, is_old=True))


@require_GET
def sheet(request: Request, processing: str) -> HttpResponse:
    """One processing: what the code writes, what the organisation adds."""
    require(request.actor, "privacy.view_register")
    register = get_register(request.actor)
    found = _sheet_of(register, processing)
    context = {
        "sheet": found,
        "rows": [(title, words, who == CODE) for title, words, who in sheet_rows(found)],
        "may_write": can(request.actor, "privacy.write_register"),
    }
    return render(request, "privacy/register_sheet.html", context)


def _sheet_of(register: Register, code: str) -> Any:
    found = next((one for one in register.sheets if one.declared.code == code), None)
    if found is None:
        raise NotFound("processing")
    return found


@require_http_methods(["GET", "POST"])
def house_edit(request: Request) -> HttpResponse:
    """What only the organisation knows."""
    require(request.actor, "privacy.write_register")
    register = get_register(request.actor)
    form = HouseForm(
        request.POST if request.method == "POST" else None, initial={"base": _number(register), **register.words.house}
    )
    if form.is_valid() and saved(form, partial(write_house, actor=request.actor, **form.cleaned_data)) is not None:
        messages.success(request, "Le registre a une nouvelle version.")
        return redirect("privacy:register")
    context = {"form": form, "title": "Compléter le registre", "sheet": None}
    return render(request, "privacy/register_form.html", context, status=422 if form.is_bound else 200)


@require_http_methods(["GET", "POST"])
def sheet_edit(request: Request, processing: str) -> HttpResponse:
    """The organisation's words on one processing."""
    require(request.actor, "privacy.write_register")
    register = get_register(request.actor)
    found = _sheet_of(register, processing)
    form = SheetForm(
        request.POST if request.method == "POST" else None, initial={"base": _number(register), **found.words}
    )
    if (
        form.is_valid()
        and saved(form, partial(write_sheet, actor=request.actor, code=processing, **form.cleaned_data)) is not None
    ):
        messages.success(request, "Le registre a une nouvelle version.")
        return redirect("privacy:register_sheet", processing)
    context = {"form": form, "title": found.declared.label, "sheet": found}
    return render(request, "privacy/register_form.html", context, status=422 if form.is_bound else 200)


@require_POST
def confirm(request: Request) -> HttpResponse:
    """The code's new sentences were read: keep them with a version."""
    number = request.POST.get("base", "")
    base = int(number) if number.isascii() and number.isdigit() and len(number) < 7 else -1
    done = "Le registre a une nouvelle version, avec ce que le logiciel déclare aujourd’hui."
    return act(request, partial(confirm_register, actor=request.actor, base=base), done, "privacy:register")


@require_POST
def export_odt(request: Request) -> HttpResponse:
    """The register as a text to change. A POST, since the journal keeps that it left."""
    register = _leaving(request, "odt")
    organisation = get_organisation(request.actor.organisation_id)
    return as_file(to_odt(register_document(register, organisation.name)), ODT, _file_name("odt"))


@require_POST
def export_csv(request: Request) -> HttpResponse:
    """The register as a CSV, one line a processing."""
    return as_file(register_csv(_leaving(request, "csv")), CSV, _file_name("csv"))


def _leaving(request: Request, face: str) -> Register:
    require(request.actor, "privacy.view_register")
    register = get_register(request.actor)
    record_export(actor=request.actor, face=face, number=_number(register))
    return register


def _file_name(face: str) -> str:
    return f"registre-des-traitements-{today().isoformat()}.{face}"


def _number(register: Register) -> int:
    return register.version.number if register.version else 0
