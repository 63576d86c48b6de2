"""What the coordinator does: validate, send back, lock, one act or the whole queue in a row."""

import uuid

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from entremise.core.errors import InvalidInput
from entremise.core.http import Request
from entremise.core.permissions import require
from entremise.core.ui.saving import refuse
from entremise.interventions.forms import CorrectionRequestForm
from entremise.interventions.queries import get_intervention, list_to_review, next_to_review
from entremise.interventions.services import lock_intervention, request_correction, validate_intervention
from entremise.interventions.views.lists import detail_forms
from entremise.interventions.views.pages import detail_context, identifier

COUNTED = 100


@require_safe
def review(request: Request) -> HttpResponse:
    """The queue, one act at a time: validate, ask for a correction, or leave it for later."""
    actor = request.actor
    require(actor, "interventions.review")
    act = next_to_review(actor, identifier(request.GET.get("apres", "")))
    context = {"waiting": list_to_review(actor)[: COUNTED + 1].count(), "counted": COUNTED, "act": act}
    if act is not None:
        context |= detail_context(actor, act) | {"correction_form": CorrectionRequestForm()}
    return render(request, "interventions/review.html", context)


@require_POST
def validate(request: Request, act_id: uuid.UUID) -> HttpResponse:
    """Validate, then the page one came from."""
    actor = request.actor
    act = validate_intervention(actor=actor, intervention_id=act_id)
    messages.success(request, f"Intervention {act.reference} validée.")
    return _next(request, act_id)


@require_POST
def lock(request: Request, act_id: uuid.UUID) -> HttpResponse:
    """Freeze without validating."""
    actor = request.actor
    act = lock_intervention(actor=actor, intervention_id=act_id)
    messages.success(request, f"Intervention {act.reference} verrouillée. Une demande de correction la rouvre.")
    return _next(request, act_id)


@require_POST
def ask_correction(request: Request, act_id: uuid.UUID) -> HttpResponse:
    """Send back to the authors with what is to be corrected."""
    actor = request.actor
    act = get_intervention(actor, act_id)
    form = CorrectionRequestForm(request.POST)
    if form.is_valid():
        try:
            request_correction(actor=actor, intervention_id=act_id, text=form.cleaned_data["text"])
        except InvalidInput as invalid:
            refuse(form, invalid)
        else:
            messages.success(request, f"Demande envoyée à l’auteur de l’intervention {act.reference}.")
            return _next(request, act_id)
    context = detail_context(actor, act) | detail_forms(actor, act) | {"correction_form": form}
    return render(request, "interventions/detail.html", context, status=422)


def _next(request: Request, act_id: uuid.UUID) -> HttpResponse:
    """The queue again when the gesture came from it, else the act."""
    if request.POST.get("suite") == "file":
        return redirect(f"{reverse('interventions:review')}?apres={act_id}")
    return redirect("interventions:detail", act_id)
