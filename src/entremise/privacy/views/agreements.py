"""Agreements: give, withdraw; the notice that explains them."""

import uuid

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from entremise.core.http import Request
from entremise.core.permissions import require
from entremise.core.ui.saving import posted, saved
from entremise.privacy.enums import Purpose
from entremise.privacy.forms.agreements import AgreementForm
from entremise.privacy.queries import agreement_lines, get_agreement, get_person
from entremise.privacy.queries.agreements import STOPS, list_agreements
from entremise.privacy.queries.notice import notice_of
from entremise.privacy.services import give_agreement, withdraw_agreement
from entremise.privacy.services.notice import notice_pdf


@require_http_methods(["GET", "POST"])
def give(request: Request, person_id: uuid.UUID) -> HttpResponse:
    """Note an agreement, once it was explained."""
    actor = request.actor
    person = get_person(actor, person_id)
    require(actor, "privacy.use_persons", person)
    initial = {"purpose": Purpose.SUIVI, "language": person.speaks[0] if person.speaks else ""}
    form = AgreementForm(posted(request), actor=actor, initial=initial)
    if saved(form, lambda: give_agreement(actor=actor, command=form.command(person.pk))):
        messages.success(request, "L’accord est noté. La personne peut le retirer quand elle veut.")
        return redirect("privacy:person", person.pk)
    context = {"form": form, "person": person}
    return render(request, "privacy/agreement_form.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
def withdraw(request: Request, person_id: uuid.UUID, agreement_id: uuid.UUID) -> HttpResponse:
    """Say what stops, then withdraw. No reason is asked."""
    actor = request.actor
    person = get_person(actor, person_id)
    require(actor, "privacy.use_persons", person)
    given = get_agreement(actor, person, agreement_id)
    stops = STOPS[Purpose(given.purpose)]
    if request.method == "POST":
        withdraw_agreement(actor=actor, person_id=person.pk, agreement_id=given.pk)
        messages.success(request, f"L’accord est retiré. {stops}")
        return redirect("privacy:person", person.pk)
    lines = agreement_lines(list_agreements(actor, person))
    line = next(line for line in lines if line.event.pk == given.pk)
    return render(request, "privacy/agreement_withdraw.html", {"person": person, "line": line, "stops": stops})


@require_safe
def notice(request: Request) -> HttpResponse:
    """The short notice, to read together."""
    require(request.actor, "privacy.use_persons")
    return render(request, "privacy/notice.html", {"notice": notice_of(request.actor)})


@require_safe
def notice_paper(request: Request) -> HttpResponse:
    """The same on paper."""
    response = HttpResponse(notice_pdf(request.actor), content_type="application/pdf")
    response["Content-Disposition"] = 'inline; filename="notice-accord.pdf"'
    return response
