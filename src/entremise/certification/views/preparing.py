"""Bodies that prepare candidates: parse, call, render."""

import uuid
from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from entremise.certification.forms.preparing import BodyForm, ContactForm, PreparationForm
from entremise.certification.queries import preparing as queries
from entremise.certification.queries.candidates import get_candidate
from entremise.certification.services import preparing as services
from entremise.core.errors import InvalidInput
from entremise.core.http import Request
from entremise.core.permissions import require
from entremise.core.ui.saving import act, posted, saved


@require_http_methods(["GET", "POST"])
def bodies(request: Request) -> HttpResponse:
    """The bodies, their accounts, and a form to add each; the button says which form was sent."""
    require(request.actor, "certification.manage")
    lines = queries.body_lines(request.actor)
    is_contact = "attach" in request.POST
    form = BodyForm(None if is_contact else posted(request))
    contact = ContactForm(posted(request) if is_contact else None, actor=request.actor, bodies=lines)
    told: dict[str, Any] = {"actor": request.actor}
    if is_contact:
        done: Any = saved(contact, lambda: services.attach_account(**told, **contact.cleaned_data))
    else:
        done = saved(form, lambda: services.name_body(**told, **form.cleaned_data))
    if done:
        return redirect("certification:bodies")
    context = {"lines": lines, "form": form, "contact": contact}
    return render(request, "certification/bodies.html", context, status=422 if request.method == "POST" else 200)


@require_POST
def detach(request: Request, body_id: uuid.UUID, member_id: uuid.UUID) -> HttpResponse:
    """An account that reads for a body no more."""
    told: dict[str, Any] = {"actor": request.actor, "body_id": body_id, "member_id": member_id}
    return act(request, lambda: services.detach_account(**told), "Ce compte ne lit plus rien.", "certification:bodies")


@require_POST
def prepared_by(request: Request, candidate_id: uuid.UUID) -> HttpResponse:
    """Say which body prepares a candidate."""
    require(request.actor, "certification.manage")
    found = get_candidate(request.actor, candidate_id)
    form = PreparationForm(request.POST, bodies=queries.body_lines(request.actor))

    def write() -> None:
        if not form.is_valid():
            raise InvalidInput({"body_id": ["Choisissez un organisme de la liste."]})
        services.say_who_prepares(actor=request.actor, candidate_id=found.pk, **form.cleaned_data)

    done = "C’est enregistré : cet organisme lit l’avancée de ce candidat, et elle seule."
    return act(request, write, done, "certification:candidate", found.pk)
