"""« Même situation ? »: two near-identical acts side by side, and what someone says of them."""

import uuid
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from entremise.core.actor import Actor
from entremise.core.errors import FORM, Conflict, InvalidInput, NotFound
from entremise.core.http import Request
from entremise.core.permissions import require
from entremise.core.ui.formats import clock
from entremise.interventions.models import Intervention
from entremise.interventions.queries import compared, content_of, describe, get_intervention, recent_pairs
from entremise.interventions.services import keep_apart, merge_acts
from entremise.interventions.views.pages import identifier

CHANGED = "Une des deux fiches a changé depuis que vous les avez lues. Relisez-les, puis choisissez."
DONE = "Les deux fiches n’en font plus qu’une. L’autre est dans son historique."
APART = "Ce sont deux interventions : la question ne sera plus posée."


@require_safe
def pairs(request: Request) -> HttpResponse:
    """Every recent pair that waits for this person's word."""
    actor = request.actor
    require(actor, "interventions.list")
    found = recent_pairs(actor)
    lines = {line.act.pk: line for line in describe(actor, {act.pk: act for pair in found for act in pair}.values())}
    shown = [(lines[one.pk], lines[other.pk]) for one, other in found]
    return render(request, "interventions/pairs.html", {"pairs": shown})


@require_http_methods(["GET", "POST"])
def merge(request: Request, act_id: uuid.UUID, twin_id: uuid.UUID) -> HttpResponse:
    """The two acts side by side; POST names the one to keep."""
    actor = request.actor
    one, other = get_intervention(actor, act_id), _twin(actor, act_id, twin_id)
    require(actor, "interventions.merge", (one, other))
    refusals: list[str] = []
    if request.method == "POST":
        try:
            kept = _merged(actor, one, other, request.POST)
        except InvalidInput as invalid:
            refusals = invalid.errors[FORM]
        except Conflict:
            refusals = [CHANGED]
        else:
            messages.success(request, DONE)
            return redirect("interventions:detail", kept.pk)
        one, other = get_intervention(actor, act_id), _twin(actor, act_id, twin_id)
    context = _side_by_side(actor, one, other) | {"refusals": refusals}
    return render(request, "interventions/merge.html", context, status=422 if refusals else 200)


@require_POST
def apart(request: Request, act_id: uuid.UUID, twin_id: uuid.UUID) -> HttpResponse:
    """« Ce sont deux interventions »."""
    get_intervention(request.actor, act_id)
    try:
        keep_apart(actor=request.actor, act_id=act_id, other_id=twin_id)
    except InvalidInput as refusal:
        messages.error(request, " ".join(refusal.errors[FORM]))
    else:
        messages.success(request, APART)
    return redirect("interventions:detail", act_id)


def _twin(actor: Actor, act_id: uuid.UUID, twin_id: uuid.UUID) -> Intervention:
    if act_id == twin_id:
        raise NotFound("intervention")
    return get_intervention(actor, twin_id)


def _merged(actor: Actor, one: Intervention, other: Intervention, sent: Any) -> Intervention:
    """``versions`` are those that the page showed, in its order."""
    kept = identifier(sent.get("garder", ""))
    keep, absorb = (one, other) if kept == one.pk else (other, one)
    if kept not in (one.pk, other.pk):
        raise InvalidInput({FORM: ["Choisissez la fiche à garder."]})
    read = dict(zip((one.pk, other.pk), sent.get("versions", "").split("-"), strict=False))
    if not all(read.get(act.pk, "").isdecimal() for act in (one, other)):
        raise Conflict("the versions that were read are unknown")
    seen = (int(read[keep.pk]), int(read[absorb.pk]))
    return merge_acts(actor=actor, keep_id=keep.pk, absorb_id=absorb.pk, seen=seen)


def _side_by_side(actor: Actor, one: Intervention, other: Intervention) -> dict[str, Any]:
    lines = describe(actor, [one, other])
    return {
        "lines": lines,
        "sides": [
            {"line": line, "id": str(line.act.pk), "keep": f"Fusionner, garder celle de {clock(line.act.occurred_at)}"}
            for line in lines
        ],
        "act": one,
        "twin": other,
        "versions": f"{one.version}-{other.version}",
        "differences": compared(actor, content_of(one), content_of(other)),
    }
