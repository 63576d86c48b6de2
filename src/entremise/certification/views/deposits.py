"""The official deposit: the ledger, the file, the report."""

import uuid
from functools import partial

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from entremise.certification import deposit_report, deposit_schema
from entremise.certification.enums import DepositAction, DepositProfile
from entremise.certification.filters import DepositFilters
from entremise.certification.forms.deposits import ReportForm
from entremise.certification.queries import deposits as queries
from entremise.certification.queries.certifier import settings_of
from entremise.certification.services import deposits as services
from entremise.core.errors import InvalidInput
from entremise.core.http import Request, as_file
from entremise.core.permissions import require
from entremise.core.time import local
from entremise.core.ui.formats import short_date
from entremise.core.ui.lists import paginate
from entremise.core.ui.saving import act

PAGE = "certification:deposits"
PREPARED = "Le fichier est prêt : déposez-le sur le portail, puis donnez ici son compte rendu."


@require_http_methods(["GET", "POST"])
def deposits(request: Request) -> HttpResponse:
    """What is to send, what waits, what came back; a report is read here."""
    require(request.actor, "certification.manage")
    form = ReportForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        try:
            content = form.cleaned_data["file"].read(deposit_report.MOST_BYTES + 1)
            found = services.read_report(actor=request.actor, content=content)
            messages.success(request, f"Le compte rendu du dépôt du {short_date(found.stamped_at)} est lu.")
            return redirect(PAGE)
        except InvalidInput as refusal:
            form.add_error("file", refusal.errors["file"])
    page = paginate(request, queries.list_deposits(request.actor))
    profile = settings_of(request.actor).deposit_profile
    filters = DepositFilters(request.GET, actor=request.actor)
    context = {"filters": filters, "lines": filters.lines(), "page": page, "form": form, "profile": profile}
    context["to_send"] = queries.to_deposit(request.actor.organisation_id).exists()
    context["takes_back"] = profile == DepositProfile.SECOND_HAND
    context["has_schema"] = deposit_schema.has(profile)
    context["gone"] = queries.to_take_back(request.actor.organisation_id)
    return render(request, "certification/deposits.html", context, status=422 if form.errors else 200)


@require_POST
def make(request: Request) -> HttpResponse:
    """Prepare a file with what is to send."""
    require(request.actor, "certification.manage")
    return act(request, partial(services.make_deposit, actor=request.actor), PREPARED, PAGE)


@require_POST
def take_back(request: Request) -> HttpResponse:
    """Prepare a file that takes back what was accepted and withdrawn since."""
    require(request.actor, "certification.manage")
    make = partial(services.make_deposit, actor=request.actor, action=DepositAction.SUPPRESSION)
    return act(request, make, PREPARED, PAGE)


@require_POST
def remake(request: Request, deposit_id: uuid.UUID) -> HttpResponse:
    """Replace a file not sent yet, in which a civil status was corrected."""
    found = queries.get_deposit(request.actor, deposit_id)
    return act(request, partial(services.remake_deposit, actor=request.actor, deposit_id=found.pk), PREPARED, PAGE)


@require_safe
def deposit_file(request: Request, deposit_id: uuid.UUID) -> HttpResponse:
    """The file, the same at each download."""
    found = queries.get_deposit(request.actor, deposit_id)
    try:
        content = services.deposit_content(actor=request.actor, deposit_id=found.pk)
    except InvalidInput as refusal:
        messages.error(request, refusal.sentences)
        return redirect(PAGE)
    return as_file(content, "application/xml", f"depot-{local(found.stamped_at):%Y-%m-%d}.xml")
