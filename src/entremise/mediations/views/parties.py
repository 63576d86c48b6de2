"""The parties: who they are, their first contact, their agreement to enter."""

import uuid
from functools import partial

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from entremise.core.http import Request
from entremise.core.time import today
from entremise.core.ui.saving import posted, saved
from entremise.mediations.forms.parties import ConsentForm, ContactForm, PartyForm
from entremise.mediations.queries import get_party, get_vault, name_of
from entremise.mediations.services import add_party, correct_party, give_consent, note_contacted, withdraw_consent
from entremise.mediations.views.base import frame, in_vault, told


@require_http_methods(["GET", "POST"])
@in_vault
def add(request: Request, case_id: uuid.UUID) -> HttpResponse:
    """One more party."""
    actor = request.actor
    case = get_vault(actor, case_id)
    form = PartyForm(posted(request), actor=actor, case=case)
    party = saved(form, lambda: add_party(actor=actor, case_id=case_id, facts=form.facts()))
    if party:
        messages.success(request, f"Partie {party.letter} ajoutée.")
        return redirect("mediations:case", case_id)
    return render(request, "mediations/party.html", frame(case, form=form, party=None), status=_status(form))


@require_http_methods(["GET", "POST"])
@in_vault
def correct(request: Request, case_id: uuid.UUID, party_id: uuid.UUID) -> HttpResponse:
    """Correct what is known of a party."""
    actor = request.actor
    case = get_vault(actor, case_id)
    party = get_party(case, party_id)
    initial = PartyForm.initial_of(party) if request.method == "GET" else {}
    form = PartyForm(posted(request), actor=actor, case=case, party=party, initial=initial)
    write = partial(correct_party, actor=actor, case_id=case_id, party_id=party_id)
    if saved(form, lambda: write(facts=form.facts())):
        messages.success(request, f"Partie {party.letter} : c’est noté.")
        return redirect("mediations:case", case_id)
    return render(request, "mediations/party.html", frame(case, form=form, party=party), status=_status(form))


@require_http_methods(["GET", "POST"])
@in_vault
def contact(request: Request, case_id: uuid.UUID, party_id: uuid.UUID) -> HttpResponse:
    """The day a party was first reached."""
    actor = request.actor
    case = get_vault(actor, case_id)
    party = get_party(case, party_id)
    form = ContactForm(posted(request), initial={"on": party.contacted_on or today()})
    write = partial(note_contacted, actor=actor, case_id=case_id, party_id=party_id)
    if saved(form, lambda: write(on=form.cleaned_data["on"])):
        messages.success(request, f"Partie {party.letter} jointe : c’est noté.")
        return redirect("mediations:case", case_id)
    context = frame(case, form=form, party=party, name=name_of(party))
    return render(request, "mediations/contact.html", context, status=_status(form))


@require_http_methods(["GET", "POST"])
@in_vault
def consent(request: Request, case_id: uuid.UUID, party_id: uuid.UUID) -> HttpResponse:
    """A party agrees to enter."""
    actor = request.actor
    case = get_vault(actor, case_id)
    party = get_party(case, party_id)
    form = ConsentForm(posted(request), initial={"on": today(), "language_code": party.language or "fr"})
    write = partial(give_consent, actor=actor, case_id=case_id, party_id=party_id)
    if saved(form, lambda: write(**form.cleaned_data)):
        messages.success(request, f"Partie {party.letter} : son accord est noté. Elle peut le retirer quand elle veut.")
        return redirect("mediations:case", case_id)
    context = frame(case, form=form, party=party, name=name_of(party))
    return render(request, "mediations/consent.html", context, status=_status(form))


@require_POST
@in_vault
def withdraw(request: Request, case_id: uuid.UUID, party_id: uuid.UUID) -> HttpResponse:
    """A party takes its agreement back."""
    write = partial(withdraw_consent, actor=request.actor, case_id=case_id, party_id=party_id)
    return told(request, write, "Accord retiré, sans avoir à dire pourquoi. Les échanges s’arrêtent là.", case_id)


def _status(form: ContactForm | ConsentForm | PartyForm) -> int:
    return 422 if form.errors else 200
