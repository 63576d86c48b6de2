"""Noting an act, and correcting it."""

import uuid
from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from entremise.core.actor import Actor
from entremise.core.errors import Conflict, InvalidInput
from entremise.core.http import Request
from entremise.core.ids import uuid7
from entremise.core.permissions import can, require
from entremise.core.ui.saving import read_again
from entremise.interventions.commands import ActContent, CorrectIntervention, RecordIntervention
from entremise.interventions.forms import ActForm, Choices, CorrectForm, RecordForm, choices_for
from entremise.interventions.models import Intervention
from entremise.interventions.queries import compared, content_of, frequent_codes, get_intervention
from entremise.interventions.queries.prefill import prefill, round_in_progress, round_of
from entremise.interventions.services import correct_intervention, record_intervention
from entremise.interventions.views.pages import (
    correct_page,
    identifier,
    opened,
    record_page,
    recorded_context,
    refusal_context,
)

ALREADY = "Cette fiche est déjà enregistrée, avec un autre contenu. Ouvrez-la depuis la liste pour la corriger."
OTHER_TEAM = "autre_equipe"  # the page asks what another team offers; it does not save
CHANGED = "Cette fiche a changé depuis que vous l’avez ouverte. Rien n’est enregistré, et rien n’est perdu : comparez."


@require_http_methods(["GET", "POST"])
def record(request: Request) -> HttpResponse:
    """Three answers, then "Enregistrer"."""
    actor = request.actor
    require(actor, "interventions.record")
    habits = frequent_codes(actor)
    if request.method == "POST":
        team_id = identifier(request.POST.get("team_id", ""))
        choices = choices_for(actor, habits, author_id=actor.member_id, team_id=team_id)
        if OTHER_TEAM in request.POST:
            return _with_team(request, actor, choices)
        return _recorded(request, actor, RecordForm(request.POST, choices=choices))
    start = prefill(actor, request.GET, habits)
    choices = choices_for(actor, habits, author_id=actor.member_id, team_id=start.team_id)
    initial = RecordForm.initial_of(start.values) | {
        "id": uuid7(),
        "team_id": choices.team_id,
        "round_id": start.round_id,
        "thread_id": start.thread_id,
        "duplicated_from_id": start.duplicated_from_id,
    }
    form = RecordForm(initial={key: value for key, value in initial.items() if value is not None}, choices=choices)
    return render(request, "interventions/record.html", record_page(form))


def _with_team(request: Request, actor: Actor, choices: Choices) -> HttpResponse:
    """The page again with what another team offers; nothing is kept, nothing typed is lost."""
    form = RecordForm.typed_so_far(request.POST, choices)
    team_id = uuid.UUID(choices.team_id)
    asked = identifier(str(form.initial["round_id"] or ""))
    form.initial["round_id"] = round_of(actor, asked, team_id) or round_in_progress(actor, team_id)
    template = "interventions/record.html#answers" if request.htmx else "interventions/record.html"
    return render(request, template, record_page(form) | opened(form))


def _recorded(request: Request, actor: Actor, form: RecordForm) -> HttpResponse:
    if form.is_valid():
        try:
            values = form.values()
            values["round_id"] = round_of(actor, values["round_id"], values["team_id"])
            act = record_intervention(actor=actor, command=RecordIntervention(**values))
        except InvalidInput as invalid:
            form.refuse(invalid)
        except Conflict:
            form.add_error(None, ALREADY)
        else:
            return _shown(request, actor, act, "interventions:recorded")
    return render(request, "interventions/record.html", record_page(form), status=422)


def _shown(request: Request, actor: Actor, act: Intervention, url_name: str) -> HttpResponse:
    """The act's next page. What was dropped is said at once: keeping it for after a redirect would record it."""
    if act.dropped:
        return render(request, "interventions/recorded.html", recorded_context(actor, act))
    return redirect(url_name, act.pk)


@require_safe
def recorded(request: Request, act_id: uuid.UUID) -> HttpResponse:
    """What to do now: cards and numbers if there is danger, then the next gesture."""
    actor = request.actor
    act = get_intervention(actor, act_id)
    return render(request, "interventions/recorded.html", recorded_context(actor, act))


@require_http_methods(["GET", "POST"])
def correct(request: Request, act_id: uuid.UUID) -> HttpResponse:
    """The same page, filled with the act, for its authors."""
    actor = request.actor
    act = get_intervention(actor, act_id)
    if not can(actor, "interventions.correct", act):
        return render(
            request, "interventions/not_corrected.html", refusal_context(actor, act, request.POST), status=403
        )
    content = content_of(act)
    values: dict[str, Any] = {name: getattr(content, name) for name in content.__dataclass_fields__}
    choices = choices_for(actor, frequent_codes(actor), author_id=act.author_id, team_id=act.team_id, held=content)
    initial = ActForm.initial_of(values) | {"base_version": act.version}
    if request.method == "POST":
        return _corrected(request, actor, act, CorrectForm(request.POST, initial=initial, choices=choices))
    form = CorrectForm(initial=initial, choices=choices)
    return render(request, "interventions/correct.html", correct_page(form, act))


def _corrected(request: Request, actor: Actor, act: Intervention, form: CorrectForm) -> HttpResponse:
    if form.is_valid():
        version = form.cleaned_data["base_version"]
        try:
            command = CorrectIntervention(id=act.pk, base_version=version, **form.values())
            return _shown(request, actor, correct_intervention(actor=actor, command=command), "interventions:detail")
        except InvalidInput as invalid:
            form.refuse(invalid)
        except Conflict:
            return _crossed(request, actor, act.pk, form)
    return render(request, "interventions/correct.html", correct_page(form, act), status=422)


def _crossed(request: Request, actor: Actor, act_id: uuid.UUID, form: CorrectForm) -> HttpResponse:
    """Someone corrected meanwhile: both versions side by side. Sending again answers for the one just read."""
    act = get_intervention(actor, act_id)
    read_again(form, act.version)
    form.add_error(None, CHANGED)
    context = correct_page(form, act) | {
        "differences": compared(actor, content_of(act), ActContent(**form.values())),
        "current_url": reverse("interventions:detail", args=[act.pk]),
    }
    return render(request, "interventions/correct.html", context, status=422)
