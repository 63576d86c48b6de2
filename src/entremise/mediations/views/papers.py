"""Letters, notices, stage report."""

import uuid
from collections.abc import Callable
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods, require_safe

from entremise.accounts.queries import get_organisation
from entremise.core.http import Request
from entremise.core.permissions import require
from entremise.core.ui.saving import posted
from entremise.intercultural.queries import paper_texts, paper_texts_or_french
from entremise.mediations.exports import letters as letters_made
from entremise.mediations.exports import papers
from entremise.mediations.exports.agreement import can_print
from entremise.mediations.exports.extract import extract as extract_paper
from entremise.mediations.forms.people import ExtractForm
from entremise.mediations.models import Case, Party
from entremise.mediations.queries import case_lines, get_case, get_party, get_vault, name_of
from entremise.mediations.queries.extract import extract_of
from entremise.mediations.services.reading import read_vault
from entremise.mediations.views.base import frame, in_vault
from entremise.privacy.queries import safe_contact

SOURCE, LETTER = "fr", "courrier"


@require_safe
@in_vault
def letters(request: Request, case_id: uuid.UUID, party_id: uuid.UUID) -> HttpResponse:
    """What may be sent or left, what stands on the envelope, and how this person asked to be reached."""
    case = get_vault(request.actor, case_id)
    party = get_party(case, party_id)
    contact = safe_contact(party.person) if party.person else None
    organisation = get_organisation(case.organisation_id)
    told = paper_texts_or_french(request.actor, party.language, LETTER)
    context = frame(case, party=party, name=name_of(party), contact=contact, organisation=organisation, texts=told)
    return render(request, "mediations/letters.html", context)


@require_safe
@in_vault
def letter(request: Request, case_id: uuid.UUID, party_id: uuid.UUID) -> HttpResponse:
    """The first letter."""
    case = get_vault(request.actor, case_id)
    return _letter(request, case, get_party(case, party_id), letters_made.first_letter)


@require_safe
@in_vault
def notice(request: Request, case_id: uuid.UUID, party_id: uuid.UUID) -> HttpResponse:
    """The notice of passage."""
    case = get_vault(request.actor, case_id)
    return _letter(request, case, get_party(case, party_id), letters_made.passage_notice)


def _letter(request: Request, case: Case, party: Party, make: Callable[..., dict[str, Any]]) -> HttpResponse:
    """In the party's language where it may be shown, else in French alone."""
    own = paper_texts_or_french(request.actor, party.language, LETTER)
    if not can_print(own):
        return render(request, "intercultural/without_font.html", {"deck": own}, status=409)
    french = paper_texts(request.actor, SOURCE, LETTER)
    return papers.handed(letters_made.to_pdf(make(case, _mediators(request, case), own, french)), case)


@require_http_methods(["GET", "POST"])
@in_vault
def extract(request: Request, case_id: uuid.UUID, party_id: uuid.UUID) -> HttpResponse:
    """What is kept of a party, read again by a mediator, then handed to that party and to nobody else."""
    case = read_vault(actor=request.actor, case_id=case_id, what="extract")
    party = get_party(case, party_id)
    found = extract_of(case, party, name_of(party))
    form = ExtractForm(posted(request), notes=found.notes)
    if form.is_valid():
        return papers.as_pdf(extract_paper(case, party, found, form.without()), case)
    context = frame(case, party=party, name=name_of(party), found=found, form=form)
    return render(request, "mediations/extract.html", context, status=422 if form.errors else 200)


@require_safe
def stage(request: Request, case_id: uuid.UUID) -> HttpResponse:
    """The stage and the dates, for whoever referred the case."""
    case = get_case(request.actor, case_id)
    require(request.actor, "mediations.follow", case)
    line = case_lines(request.actor, [case])[0]
    return papers.as_pdf(papers.stage_report(case, line.stage, line.mediators), case)


def _mediators(request: Request, case: Case) -> str:
    return case_lines(request.actor, [case])[0].mediators
