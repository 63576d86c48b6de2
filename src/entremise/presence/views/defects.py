"""Technical defects: list, sheet, next step, message to the owner."""

import uuid
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from entremise.accounts.queries import choices_for, member_names
from entremise.core.actor import Actor
from entremise.core.errors import InvalidInput
from entremise.core.http import Request
from entremise.core.ui.lists import paginate
from entremise.places.queries import site_names
from entremise.presence import queries, services
from entremise.presence.enums import DEFECT_STEPS, DefectStatus
from entremise.presence.filters import DefectFilters
from entremise.presence.forms import AdvanceForm
from entremise.presence.forms.photos import DefectWithPhotosForm, PhotosForm
from entremise.presence.models import Defect
from entremise.presence.queries.photos import photos_of
from entremise.presence.renderers import DEFECT_STATES
from entremise.presence.services.photos import may_remove, report_with_photos
from entremise.presence.views.base import form_page, needs, submitted
from entremise.presence.views.start import initial_from


@require_GET
@needs("presence.view_defects")
def defects(request: Request) -> HttpResponse:
    """Defects of the organisation."""
    actor = request.actor
    form = DefectFilters(actor, request.GET)
    page = paginate(request, form.listed(queries.list_defects(actor)))
    names = site_names({row.site_id for row in page.items})
    rows = [_row(defect, names[defect.site_id], form.lists("L21", "L23")) for defect in page.items]
    return render(request, "presence/defects.html", {"filters_form": form, "page": page, "rows": rows})


def _row(defect: Defect, site: str, lists: Any) -> dict[str, Any]:
    kind, _ = DEFECT_STATES[defect.status]
    return {
        "defect": defect,
        "site": site,
        "category": lists["L21"].label(defect.category),
        "urgency": lists["L23"].label(defect.urgency),
        "state_kind": kind,
        "state": DefectStatus(defect.status).label,
        "steps": [(code, DefectStatus(code).label) for code in DEFECT_STEPS[defect.status]],
    }


def sheet(
    actor: Actor, defect: Defect, form: AdvanceForm | None = None, photos_form: PhotosForm | None = None
) -> dict[str, Any]:
    """The context of a defect's page."""
    lists = choices_for(actor.organisation_id, "L21", "L23")
    steps = queries.steps_of(defect)
    names = member_names({defect.author_id, *(step.by_id for step in steps)})
    owner = services.owner_of(actor, defect.site_id, defect.category) if defect.is_open else None
    return {
        **_row(defect, site_names([defect.site_id])[defect.site_id], lists),
        "life": [(step, DefectStatus(step.status).label, names[step.by_id]) for step in steps],
        "owner": owner,
        **_delay(defect),
        "photos": [(photo, may_remove(actor, photo)) for photo in photos_of(defect)],
        "photos_form": photos_form or (PhotosForm() if defect.is_open else None),
        "form": form or (AdvanceForm(defect) if defect.is_open else None),
    }


def _delay(defect: Defect) -> dict[str, str]:
    days = defect.days
    value = "Moins d’un jour" if days == 0 else f"{days} jour{'s' if days > 1 else ''}"
    ends = "du signalement à la réparation constatée" if defect.resolved_at else "depuis le signalement"
    return {"delay": value, "delay_label": ends}


@require_GET
@needs("presence.view_defects")
def defect(request: Request, defect_id: uuid.UUID) -> HttpResponse:
    """One defect and its life."""
    actor = request.actor
    return render(request, "presence/defect.html", sheet(actor, queries.get_defect(actor, defect_id)))


@require_POST
@needs("presence.manage_defects")
def advance(request: Request, defect_id: uuid.UUID) -> HttpResponse:
    """The next step, in place or with a full page."""
    actor = request.actor
    row = queries.get_defect(actor, defect_id)
    form = AdvanceForm(row, request.POST)
    done = submitted(request, form, services.advance_defect, defect_id=row.pk)
    if done is not None and not request.htmx:
        messages.success(request, f"Étape notée : {DefectStatus(done.status).label}.")
        return redirect("presence:defect", row.pk)
    context = sheet(actor, queries.get_defect(actor, row.pk), None if done else form)
    template = "presence/defect.html#vie" if request.htmx else "presence/defect.html"
    return render(request, template, context, status=200 if done else 422)


@require_POST
@needs("presence.manage_defects")
def advance_row(request: Request, defect_id: uuid.UUID) -> HttpResponse:
    """The next step from the list: the row comes back."""
    actor = request.actor
    refused = ""
    try:
        services.advance_defect(actor=actor, defect_id=defect_id, status=request.POST.get("status", ""))
    except InvalidInput as refusal:
        refused = refusal.sentences
    if not request.htmx:
        if refused:
            messages.error(request, refused)
        return redirect("presence:defects")
    row = queries.get_defect(actor, defect_id)
    lists = choices_for(actor.organisation_id, "L21", "L23")
    context = {"row": _row(row, site_names([row.site_id])[row.site_id], lists), "refused": refused}
    return render(request, "presence/_defect_row.html", context, status=422 if refused else 200)


@require_POST
@needs("presence.manage_defects")
def notify(request: Request, defect_id: uuid.UUID) -> HttpResponse:
    """Write to the owner (again)."""
    try:
        row = services.request_notice(actor=request.actor, defect_id=defect_id)
        messages.success(request, f"Le message part à {row.owner_label}.")
    except InvalidInput as refusal:
        messages.error(request, " ".join(refusal.errors["owner"]))
    return redirect("presence:defect", defect_id)


@needs("presence.work")
def report(request: Request) -> HttpResponse:
    """Report a defect."""
    actor = request.actor
    initial, back = initial_from(request, fallback="presence:defects")
    form = DefectWithPhotosForm(actor, request.POST or None, request.FILES or None, initial=initial)
    done = submitted(request, form, report_with_photos)
    if done is not None:
        messages.success(request, _said(done))
        return redirect(back)
    known = initial.get("site_id")
    already = queries.open_defects_at(actor, [known]) if known and not form.is_bound else []
    labels = choices_for(actor.organisation_id, "L21")["L21"]
    return form_page(
        request,
        form,
        title="Signalement technique",
        submit="Enregistrer le signalement",
        back=back,
        kind="report",
        already=[(row, labels.label(row.category), DefectStatus(row.status).label) for row in already],
    )


def _said(done: Defect) -> str:
    if done.owner_id:
        return f"Signalement {done.reference} enregistré. Le message part à {done.owner_label}."
    return f"Signalement {done.reference} enregistré. Aucun gestionnaire n’est connu pour ce lieu : prévenez-le."
