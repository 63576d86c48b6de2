"""Requests refused as a spreadsheet: what was asked and why not, never how it was told."""

from collections.abc import Iterator, Sequence
from typing import Any

from entremise.core.actor import Actor
from entremise.core.ui.lists import asked_order
from entremise.documents.services import Column, Export, Params
from entremise.documents.tables import Kind
from entremise.interventions.reference.enums import Principle, RefusedRequest
from entremise.interventions.reference.filters import SORTS, RefusalFilters
from entremise.interventions.reference.queries import list_refusals

EXPORT = "demandes-refusees"
_FIELDS = ("asked_on", "kind", "asker_type", "principle")


def rows(actor: Actor, params: Params) -> Iterator[Sequence[Any]]:
    """The lines of the page, in its order."""
    filters = RefusalFilters(params, actor=actor)
    found = list_refusals(actor, **filters.selection()).order_by(*asked_order(params, SORTS, "-jour"))
    for asked_on, kind, asker, principle in found.values_list(*_FIELDS).iterator():
        labels = str(RefusedRequest(kind).label), filters.labels.label(asker), str(Principle(principle).label)
        yield (asked_on, *labels)


def count(actor: Actor, params: Params) -> int:
    """How many requests pass the filters."""
    return list_refusals(actor, **RefusalFilters(params, actor=actor).selection()).order_by().count()


export = Export(
    "Demandes refusées",
    "interventions.record_refusal",
    (
        Column("Jour", Kind.DATE, 12),
        Column("Ce qui était demandé", width=40),
        Column("Qui demandait", width=30),
        Column("Principe", width=40),
    ),
    rows,
    count,
    (("Ce qui ne sort pas", "Les circonstances, et qui les a notées."),),
)
