"""The list of team actions as a spreadsheet: written without a name, it may leave; who sees to it does not."""

from collections.abc import Iterator, Sequence
from itertools import islice
from typing import Any

from entremise.accounts.queries import choices_for
from entremise.core.actor import Actor
from entremise.documents.services import Column, Export, Params
from entremise.documents.tables import Kind
from entremise.interventions.enums import ActionOrigin
from entremise.interventions.filters_after import ActionFilters
from entremise.places.queries import site_names

EXPORT = "actions"
CHUNK = 500
COLUMNS = (
    Column("Pour le", Kind.DATE, 12),
    Column("Action", width=60),
    Column("Origine", width=26),
    Column("Objet", width=26),
    Column("Lieu", width=32),
    Column("Équipe", width=22),
    Column("Ouverte le", Kind.DATETIME, 17),
    Column("Faite le", Kind.DATETIME, 17),
)
DEFINITIONS = (
    ("Action d’équipe", "Ce que l’équipe décide de faire d’une tension qui revient ou d’une leçon."),
    ("Ce qui ne sort pas", "Le nom de qui s’en charge."),
)


def _actions(actor: Actor, params: Params) -> Any:
    return ActionFilters(params, actor=actor).listed()


def count(actor: Actor, params: Params) -> int:
    """How many lines the export will have."""
    return int(_actions(actor, params).order_by().count())


def rows(actor: Actor, params: Params) -> Iterator[Sequence[Any]]:
    """The lines, read by packets."""
    objects = choices_for(actor.organisation_id, "L13")["L13"]
    actions = _actions(actor, params).iterator(chunk_size=CHUNK)
    while packet := list(islice(actions, CHUNK)):
        names = site_names({one.site_id for one in packet if one.site_id})
        for one in packet:
            yield (
                one.due_on,
                one.text,
                str(ActionOrigin(one.origin).label),
                objects.label(one.conflict_object) if one.conflict_object else "",
                names.get(one.site_id, "") if one.site_id else "",
                one.team.name,
                one.opened_at,
                one.done_at,
            )


export = Export("Actions d’équipe", "interventions.record", COLUMNS, rows, count, DEFINITIONS)
