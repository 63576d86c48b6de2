"""The certifier's settings and the roster of juries."""

import uuid
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from entremise.certification.filters import JurorFilters
from entremise.certification.forms.certifier import JurorForm, SettingsForm
from entremise.certification.models import Juror
from entremise.certification.queries.badges import keys_of
from entremise.certification.queries.candidates import get_juror, named
from entremise.certification.queries.certifier import settings_of
from entremise.certification.services.certifier import change_settings
from entremise.certification.services.jurors import keep_juror
from entremise.core.http import Request
from entremise.core.permissions import require
from entremise.core.ui.lists import paginate
from entremise.core.ui.saving import posted, saved


@require_http_methods(["GET", "POST"])
def settings(request: Request) -> HttpResponse:
    """What the record leaves to the certifier."""
    require(request.actor, "certification.manage")
    known = settings_of(request.actor)
    form = SettingsForm(posted(request), initial={name: getattr(known, name) for name in SettingsForm.base_fields})
    if saved(form, lambda: change_settings(actor=request.actor, facts=form.facts())):
        messages.success(request, "Ces règles valent pour les sessions convoquées à partir de maintenant.")
        return redirect("certification:settings")
    context = {"form": form, "keys": keys_of(request.actor)}
    return render(request, "certification/settings.html", context, status=422 if form.errors else 200)


@require_safe
def jurors(request: Request) -> HttpResponse:
    """The roster."""
    filters = JurorFilters(request.GET, actor=request.actor)
    page = paginate(request, named(filters.listed()))
    return render(request, "certification/jurors.html", {"filters": filters, "page": page, "export": "jurys"})


@require_http_methods(["GET", "POST"])
def new_juror(request: Request) -> HttpResponse:
    """Put someone on the roster."""
    require(request.actor, "certification.manage")
    return _keep(request, None)


@require_http_methods(["GET", "POST"])
def juror(request: Request, juror_id: uuid.UUID) -> HttpResponse:
    """What is known of someone of the roster."""
    return _keep(request, get_juror(request.actor, juror_id))


def _keep(request: Request, found: Juror | None) -> HttpResponse:
    names = [name for name in JurorForm.base_fields if name != "member_id"]
    known: dict[str, Any] = {name: getattr(found, name) for name in names} if found else {}
    known |= {"member_id": str(found.member_id)} if found else {}
    form = JurorForm(posted(request), actor=request.actor, initial=known)
    if saved(form, lambda: keep_juror(actor=request.actor, facts=form.facts())):
        messages.success(request, "La liste des membres de jury est à jour.")
        return redirect("certification:jurors")
    return render(
        request, "certification/juror.html", {"form": form, "juror": found}, status=422 if form.errors else 200
    )
