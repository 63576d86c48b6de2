"""What the coordinator does with words of a year: read them again, let them go, or keep them once more."""

import uuid

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from entremise.core.actor import Actor
from entremise.core.errors import InvalidInput
from entremise.core.http import Request
from entremise.core.permissions import require
from entremise.core.ui.saving import refuse
from entremise.interventions import services
from entremise.interventions.forms.review import KeepWordsForm
from entremise.interventions.models import Intervention
from entremise.interventions.queries import get_intervention
from entremise.interventions.queries.rereading import list_to_reread, next_to_reread, rereading_duration
from entremise.interventions.views.pages import detail_context, identifier

COUNTED = 100


@require_safe
def queue(request: Request) -> HttpResponse:
    """The queue, one act at a time, the oldest first."""
    require(request.actor, "interventions.review")
    act = next_to_reread(request.actor, identifier(request.GET.get("apres", "")))
    return _page(request, act)


def _page(request: Request, act: Intervention | None, form: KeepWordsForm | None = None) -> HttpResponse:
    context = _context(request.actor) | {"act": act, "form": form or KeepWordsForm()}
    if act is not None:
        context |= detail_context(request.actor, act)
    return render(request, "interventions/rereading.html", context, status=422 if form else 200)


def _context(actor: Actor) -> dict[str, object]:
    assert actor.organisation_id is not None
    duration = rereading_duration(actor.organisation_id)
    waiting = list_to_reread(actor).order_by()[: COUNTED + 1].count()
    return {"waiting": waiting, "counted": COUNTED, "duration": duration}


@require_POST
def make_anonymous(request: Request, act_id: uuid.UUID) -> HttpResponse:
    """The words go, the figures stay; then the next one."""
    act = services.make_anonymous(actor=request.actor, intervention_id=act_id)
    messages.success(request, f"Intervention {act.reference} rendue anonyme : ses chiffres restent.")
    return _next(act_id)


@require_POST
def keep(request: Request, act_id: uuid.UUID) -> HttpResponse:
    """Keep the words once more, for a written reason."""
    act = get_intervention(request.actor, act_id)
    require(request.actor, "interventions.reread", act)
    form = KeepWordsForm(request.POST)
    if form.is_valid():
        try:
            services.keep_words(actor=request.actor, intervention_id=act_id, **form.cleaned_data)
        except InvalidInput as invalid:
            refuse(form, invalid)
        else:
            until = form.cleaned_data["until"]
            messages.success(request, f"Récit de l’intervention {act.reference} gardé jusqu’au {until:%d/%m/%Y}.")
            return _next(act_id)
    return _page(request, act, form)


def _next(act_id: uuid.UUID) -> HttpResponse:
    return redirect(f"{reverse('interventions:rereading')}?apres={act_id}")
