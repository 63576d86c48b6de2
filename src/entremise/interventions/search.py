"""Acts and threads found by the seven signs of their reference, in the one search of the office."""

import re
import uuid

from django.urls import reverse

from entremise.core.actor import Actor
from entremise.core.permissions import can
from entremise.core.ui.formats import moment
from entremise.interventions.queries import ActFilters, describe, list_interventions
from entremise.places.search import SearchHit

_REFERENCE = re.compile(r"^([0-9A-HJKMNP-TV-Z]{4})[ -]?([0-9A-HJKMNP-TV-Z]{3})$")
FEW = 5


def find_references(actor: Actor, text: str) -> list[SearchHit]:
    """Acts the actor may read whose reference was typed, dash or not, in any case."""
    typed = _REFERENCE.match(text.strip().upper())
    if typed is None or not can(actor, "interventions.list"):
        return []
    acts = list_interventions(actor, ActFilters(reference="-".join(typed.groups())))[:FEW]
    return [
        SearchHit(
            f"{line.act.reference} · {line.register}",
            f"{line.site} · {moment(line.act.occurred_at)}",
            reverse("interventions:detail", args=[line.act.pk]),
        )
        for line in describe(actor, acts)
    ]


def act_link(actor: Actor, act_id: uuid.UUID) -> tuple[str, str] | None:
    """Reference and address of an act this actor may read, else None."""
    act = list_interventions(actor).filter(pk=act_id).first() if can(actor, "interventions.list") else None
    return (act.reference, reverse("interventions:detail", args=[act.pk])) if act else None
