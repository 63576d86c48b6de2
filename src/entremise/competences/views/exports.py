"""Exports of the register: brought, followed while they are read, searched, and what is kept of them."""

import uuid

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from django_htmx.http import trigger_client_event

from entremise.competences.forms import ExportForm, SearchForm
from entremise.competences.queries import exports as queries
from entremise.competences.services import exports as services
from entremise.core.errors import InvalidInput
from entremise.core.http import Request
from entremise.core.permissions import require
from entremise.core.ui.lists import paginate
from entremise.core.ui.saving import saved


@require_http_methods(["GET", "POST"])
@never_cache
def exports(request: Request) -> HttpResponse:
    """Bring an export; see those that were, with their progress."""
    require(request.actor, "competences.prepare")
    form = ExportForm(request.POST, request.FILES) if request.method == "POST" else ExportForm()
    if saved(form, lambda: services.bring_export(actor=request.actor, file=form.cleaned_data["file"])):
        messages.success(request, "L’export est à lire : vous pouvez quitter cette page et y revenir.")
        return redirect("competences:exports")
    found = list(queries.list_exports(request.actor)[:20])
    context = {"form": form, "exports": found, "pending": any(one.is_pending for one in found)}
    if not request.htmx:
        return render(request, "competences/exports.html", context, status=422 if form.errors else 200)
    response = render(request, "competences/exports.html#suivi", context)
    if not context["pending"]:  # the page stops asking: the end is said once
        trigger_client_event(response, "annonce", {"value": "Lecture terminée"})
    return response


@require_safe
def export(request: Request, export_id: uuid.UUID) -> HttpResponse:
    """Search an export that was read."""
    found = queries.get_export(request.actor, export_id)
    form = SearchForm(request.GET or None)
    words, active = "", False
    if form.is_valid():
        words, active = form.cleaned_data["mots"], form.cleaned_data["actives"]
    page = paginate(request, queries.find_entries(found, words, only_active=active), per_page=20)
    known = queries.known_codes([one.code for one in page.items])
    context = {"export": found, "form": form, "page": page, "known": known, "searched": bool(words or active)}
    return render(request, "competences/export.html", context)


@require_POST
def keep(request: Request, export_id: uuid.UUID) -> HttpResponse:
    """Keep the chosen records; each is then read again before it counts."""
    codes = request.POST.getlist("codes")
    try:
        kept = services.keep_records(actor=request.actor, export_id=export_id, codes=codes)
    except InvalidInput as refusal:
        messages.error(request, refusal.sentences)
        return redirect("competences:export", export_id)
    messages.success(request, "Gardé : relisez maintenant les blocs, puis confirmez.")
    return redirect("competences:confirming", kept[0].code) if len(kept) == 1 else redirect("competences:records")
