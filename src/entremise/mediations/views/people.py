"""Who conducts a case, who is warned, and the exceptions to confidentiality."""

import uuid
from functools import partial

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from entremise.accounts.enums import Role
from entremise.accounts.queries import display_name, list_members, member_names
from entremise.core.actor import Actor
from entremise.core.http import Request
from entremise.core.permissions import require
from entremise.core.ui.saving import posted, saved
from entremise.mediations.forms.people import DecisionForm, DisclosureForm, LinkForm, NameForm, WarnForm
from entremise.mediations.models import Case
from entremise.mediations.queries import get_case, get_vault, name_of, parties_of
from entremise.mediations.queries.oversight import disclosures_of, get_invitation, successions
from entremise.mediations.services import (
    ask_disclosure,
    confirm_mediator,
    decide_disclosure,
    declare_link,
    leave_case,
    name_mediator,
    see_alerts,
    warn_mediators,
)
from entremise.mediations.views.base import frame, in_vault, told


@require_http_methods(["GET", "POST"])
@in_vault
def name(request: Request, case_id: uuid.UUID) -> HttpResponse:
    """Name one more mediator, or a successor."""
    actor = request.actor
    case = get_case(actor, case_id)
    require(actor, "mediations.follow", case)
    form = NameForm(posted(request), members=_mediators(actor, case))
    write = partial(name_mediator, actor=actor, case_id=case_id)
    if saved(form, lambda: write(member_id=form.cleaned_data["member_id"])):
        messages.success(request, "Désigné. Le coffre s’ouvre quand les autres étapes sont faites.")
        return redirect("mediations:case", case_id)
    inside = actor.member_id in case.mediator_ids
    context = frame(case, form=form, inside=inside)
    return render(request, "mediations/name.html", context, status=422 if form.errors else 200)


def _mediators(actor: Actor, case: Case) -> list[tuple[str, str]]:
    members = [one for one in list_members(actor, team_ids=[case.team_id]) if Role.MEDIATEUR in one.roles]
    away = set(case.mediator_ids) | {actor.member_id}
    return sorted(((str(one.pk), display_name(one)) for one in members if one.pk not in away), key=lambda one: one[1])


@require_safe
def waiting(request: Request) -> HttpResponse:
    """Those who are named and wait for a second person."""
    require(request.actor, "mediations.confirm")
    places = list(successions(request.actor)[:100])
    names = member_names([*(one.member_id for one in places), *(one.named_by_id for one in places)])
    lines = [(one, names[one.member_id], names[one.named_by_id]) for one in places]
    return render(request, "mediations/successions.html", {"lines": lines})


@require_POST
def confirm(request: Request, place_id: uuid.UUID) -> HttpResponse:
    """Be the second person."""
    confirm_mediator(actor=request.actor, place_id=place_id)
    messages.success(request, "Confirmé. Le médiateur dira d’abord s’il a un lien avec une partie.")
    return redirect("mediations:successions")


@require_http_methods(["GET", "POST"])
@in_vault
def declare(request: Request, place_id: uuid.UUID) -> HttpResponse:
    """Say what ties one to the parties: their names are shown, and nothing else."""
    actor = request.actor
    place = get_invitation(actor, place_id)
    form = LinkForm(posted(request))
    done = saved(form, lambda: declare_link(actor=actor, place_id=place_id, link=form.cleaned_data["link"]))
    if done:
        if done.entered_at:
            messages.success(request, "Vous êtes médiateur de ce dossier.")
            return redirect("mediations:case", place.case_id)
        messages.success(request, "Merci de l’avoir dit : ce dossier reste aux autres médiateurs.")
        return redirect("mediations:list")
    names = [(one.letter, name_of(one)) for one in parties_of(place.case)]
    context = {"form": form, "place": place, "names": names}
    return render(request, "mediations/declare.html", context, status=422 if form.errors else 200)


@require_POST
@in_vault
def leave(request: Request, case_id: uuid.UUID) -> HttpResponse:
    """Leave the case."""
    leave_case(actor=request.actor, case_id=case_id)
    messages.success(request, "Vous avez quitté ce dossier : vous ne le lisez plus.")
    return redirect("mediations:list")


@require_POST
def warn(request: Request, case_id: uuid.UUID) -> HttpResponse:
    """Warn the mediators of the case, without a word."""
    form = WarnForm(request.POST)
    reason = form.cleaned_data["reason"] if form.is_valid() else ""
    write = partial(warn_mediators, actor=request.actor, case_id=case_id, reason=reason)
    return told(request, write, "Les médiateurs du dossier sont prévenus.", case_id)


@require_POST
@in_vault
def seen(request: Request, case_id: uuid.UUID) -> HttpResponse:
    """One has seen what one was warned of."""
    return told(request, partial(see_alerts, actor=request.actor, case_id=case_id), "C’est noté.", case_id)


@require_http_methods(["GET", "POST"])
@in_vault
def disclose(request: Request, case_id: uuid.UUID) -> HttpResponse:
    """Ask to tell someone what protects a person."""
    actor = request.actor
    case = get_vault(actor, case_id)
    form = DisclosureForm(posted(request))
    if saved(form, lambda: ask_disclosure(actor=actor, case_id=case_id, **form.cleaned_data)):
        messages.success(request, "L’encadrement est prévenu et décide avec vous.")
        return redirect("mediations:case", case_id)
    context = frame(case, form=form, asked=disclosures_of(case))
    return render(request, "mediations/disclose.html", context, status=422 if form.errors else 200)


@require_POST
def decide(request: Request, case_id: uuid.UUID, disclosure_id: uuid.UUID) -> HttpResponse:
    """The supervisor's part of the decision."""
    form = DecisionForm(request.POST)
    decision = form.cleaned_data["decision"] if form.is_valid() else ""
    write = partial(
        decide_disclosure, actor=request.actor, case_id=case_id, disclosure_id=disclosure_id, decision=decision
    )
    return told(request, write, "La décision est notée, avec vos deux noms.", case_id)
