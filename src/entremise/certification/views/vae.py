"""The VAE of one candidate: parse, call, render. Every gesture comes back to the same page."""

import uuid
from collections.abc import Callable
from functools import partial
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from entremise.certification.enums import FeasibilityState, ValidationState
from entremise.certification.filters import DossierFilters
from entremise.certification.forms import vae as vae_forms
from entremise.certification.models import VaePiece
from entremise.certification.queries import vae as queries
from entremise.certification.queries.vae_corrections import corrections_of
from entremise.certification.services import vae as services
from entremise.certification.services import vae_decisions as decisions
from entremise.certification.vae_path import OPEN, TO_DECIDE
from entremise.core import pieces
from entremise.core.errors import NotFound
from entremise.core.http import Request
from entremise.core.permissions import can, require
from entremise.core.ui.lists import paginate
from entremise.core.ui.saving import posted, saved

PAGE = "certification:vae_dossier"


@require_safe
def dossiers(request: Request) -> HttpResponse:
    """The house's dossiers, the newest first."""
    filters = DossierFilters(request.GET, actor=request.actor)
    page = paginate(request, filters.listed())
    queries.open_dossiers(page.items)
    context = {"filters": filters, "page": page, "export": "vae", "to_decide": TO_DECIDE}
    context["late"] = queries.count_to_decide(request.actor)
    return render(request, "certification/vae.html", context)


@require_safe
def dossier(request: Request, candidate_id: uuid.UUID) -> HttpResponse:
    """Both dossiers of a candidacy, with what each one may do now."""
    return render(request, "certification/vae_dossier.html", _shown(request, candidate_id))


def _shown(request: Request, candidate_id: uuid.UUID, **refused: forms.Form) -> dict[str, Any]:
    """The page, with the form that was refused in place of an empty one."""
    actor = request.actor
    found = queries.vae_file(actor, candidate_id)
    one = found.dossier
    manages = can(actor, "certification.manage")
    own = found.candidate.member_id == actor.member_id
    alive = one.lapsed_on is None and found.candidacy.withdrawn_on is None
    writes = alive and (own or manages)
    awaited = one.validation in (ValidationState.AWAITED, ValidationState.FLAGGED)
    second = one.feasibility == FeasibilityState.ADMISSIBLE and awaited
    offered: dict[str, forms.Form | None] = {
        "send": vae_forms.SendForm() if writes and one.feasibility in OPEN else None,
        "piece": vae_forms.PieceForm(admitted=second) if writes and (one.feasibility in OPEN or second) else None,
        "opinion": _opinion(one) if alive and one.feasibility in (*OPEN, *TO_DECIDE) and (not own or manages) else None,
        "decision": _decision(one) if alive and manages and one.feasibility in TO_DECIDE else None,
        "check": vae_forms.ValidationForm() if alive and manages and one.validation == ValidationState.SENT else None,
        "contest": vae_forms.ContestForm() if own and one.lapsed_on and not one.contested_on else None,
        "answer": vae_forms.ContestAnswerForm() if manages and one.contested_on else None,
        "service": vae_forms.ServiceIdForm(initial={"service_id": one.service_id}) if manages else None,
    }
    context = {"file": found, "dossier": one, "candidate": found.candidate, "manages": manages, "writes": writes}
    context |= {"second": second, "open_first": one.feasibility in OPEN, "corrections": corrections_of(one)}
    return context | offered | refused


def _opinion(one: Any) -> forms.Form:
    return vae_forms.OpinionForm(initial={"opinion": one.opinion, "reason": one.opinion_reason})


def _decision(one: Any) -> forms.Form:
    return vae_forms.DecisionForm(state=one.feasibility)


def _done(
    request: Request,
    candidate_id: uuid.UUID,
    name: str,
    form: forms.Form,
    service: Callable[..., object],
    said: str,
    told: Callable[[], dict[str, Any]] | None = None,
) -> HttpResponse:
    """Give the service what the form holds (or ``told`` makes of it), then back to the page with a word.

    Refused, the page again with that form.
    """

    def write() -> object:
        facts = told() if told else form.cleaned_data
        return service(actor=request.actor, candidate_id=candidate_id, **facts)

    if saved(form, write) is not None:
        messages.success(request, said)
        return redirect(PAGE, candidate_id)
    return render(request, "certification/vae_dossier.html", _shown(request, candidate_id, **{name: form}), status=422)


@require_http_methods(["GET", "POST"])
def block(request: Request, candidate_id: uuid.UUID, block_code: str) -> HttpResponse:
    """What the candidate did, competence by competence."""
    found = queries.vae_file(request.actor, candidate_id)
    told = next((one for one in found.blocks if one.block.code == block_code), None)
    writes = found.candidate.member_id == request.actor.member_id or can(request.actor, "certification.manage")
    if told is None or not writes:
        raise NotFound("block")
    form = vae_forms.BlockForm(posted(request), block=told)
    write: dict[str, Any] = {"actor": request.actor, "candidate_id": candidate_id}
    if saved(form, lambda: services.write_competences(told=form.told(), **write)):
        messages.success(request, "Votre texte est enregistré.")
        return redirect(PAGE, candidate_id)
    context = {"form": form, "asked": told.block, "candidate": found.candidate}
    return render(request, "certification/vae_block.html", context, status=422 if form.errors else 200)


@require_POST
def add_piece(request: Request, candidate_id: uuid.UUID) -> HttpResponse:
    """Join a piece."""
    found = queries.vae_file(request.actor, candidate_id)
    admitted = found.dossier.feasibility == FeasibilityState.ADMISSIBLE
    form = vae_forms.PieceForm(request.POST, request.FILES, admitted=admitted)

    def told() -> dict[str, Any]:
        file = form.cleaned_data["file"]
        content = file.read(pieces.HEAVIEST + 1)
        return {"kind": form.cleaned_data["kind"], "name": file.name, "content": content}

    said = "La pièce est jointe, scellée."
    return _done(request, candidate_id, "piece", form, services.add_piece, said, told)


@require_safe
def piece(request: Request, candidate_id: uuid.UUID, piece_id: uuid.UUID) -> HttpResponse:
    """A piece, as it was joined; never opened inside our pages."""
    return as_joined(queries.get_piece(request.actor, candidate_id, piece_id))


def as_joined(found: VaePiece) -> HttpResponse:
    """The file of a piece, to be kept and never opened inside our pages."""
    return pieces.as_attachment(found.content, found.media_type, f"piece-{found.kind}")


@require_POST
def remove_piece(request: Request, candidate_id: uuid.UUID, piece_id: uuid.UUID) -> HttpResponse:
    """Withdraw a piece."""
    remove = partial(services.remove_piece, piece_id=piece_id)
    return _done(request, candidate_id, "removal", forms.Form(request.POST), remove, "Pièce retirée.")


@require_POST
def send(request: Request, candidate_id: uuid.UUID) -> HttpResponse:
    """Send the dossier de faisabilité."""
    said = "Le dossier de faisabilité est envoyé au certificateur."
    return _done(request, candidate_id, "send", vae_forms.SendForm(request.POST), services.send_feasibility, said)


@require_POST
def opinion(request: Request, candidate_id: uuid.UUID) -> HttpResponse:
    """The accompagnateur's opinion."""
    said = "L’avis est enregistré : le candidat et le certificateur le lisent."
    return _done(request, candidate_id, "opinion", vae_forms.OpinionForm(request.POST), services.give_opinion, said)


@require_POST
def send_validation(request: Request, candidate_id: uuid.UUID) -> HttpResponse:
    """Send the dossier de validation."""
    said = "Le dossier de validation est envoyé au certificateur."
    return _done(request, candidate_id, "second_form", forms.Form(request.POST), services.send_validation, said)


@require_POST
def resume(request: Request, candidate_id: uuid.UUID) -> HttpResponse:
    """The candidate goes on."""
    said = "C’est noté : la candidature continue."
    return _done(request, candidate_id, "resume_form", forms.Form(request.POST), services.confirm_activity, said)


@require_POST
def contest(request: Request, candidate_id: uuid.UUID) -> HttpResponse:
    """The candidate contests that the candidacy lapsed."""
    said = "Votre contestation est envoyée au certificateur."
    return _done(request, candidate_id, "contest", vae_forms.ContestForm(request.POST), services.contest_lapse, said)


@require_POST
def decide(request: Request, candidate_id: uuid.UUID) -> HttpResponse:
    """The certifier decides of the dossier de faisabilité."""
    require(request.actor, "certification.manage")
    found = queries.vae_file(request.actor, candidate_id)
    form = vae_forms.DecisionForm(request.POST, state=found.dossier.feasibility)
    said, service = "La décision est enregistrée, avec son motif.", decisions.decide_feasibility
    return _done(request, candidate_id, "decision", form, service, said, lambda: {"facts": form.facts()})


@require_POST
def check(request: Request, candidate_id: uuid.UUID) -> HttpResponse:
    """The certifier checks the dossier de validation."""
    require(request.actor, "certification.manage")
    form = vae_forms.ValidationForm(request.POST)
    said, service = "La décision est enregistrée.", decisions.decide_validation
    return _done(request, candidate_id, "check", form, service, said, lambda: {"facts": form.facts()})


@require_POST
def answer(request: Request, candidate_id: uuid.UUID) -> HttpResponse:
    """The certifier answers a contestation."""
    require(request.actor, "certification.manage")
    form = vae_forms.ContestAnswerForm(request.POST)

    def told() -> dict[str, Any]:
        return {"resumes": form.cleaned_data["answer"] == "resume", "reason": form.cleaned_data["reason"]}

    said = "La réponse est enregistrée."
    return _done(request, candidate_id, "answer", form, decisions.answer_contest, said, told)


@require_POST
def service_id(request: Request, candidate_id: uuid.UUID) -> HttpResponse:
    """Say which candidature of the national service this is."""
    require(request.actor, "certification.manage")
    form = vae_forms.ServiceIdForm(request.POST)
    return _done(request, candidate_id, "service", form, decisions.name_service_id, "L’identifiant est enregistré.")
