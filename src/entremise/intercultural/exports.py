"""Needs of interpreting as a spreadsheet, with the filters and the order of their page."""

from collections.abc import Iterator, Sequence
from typing import Any

from entremise.core.actor import Actor
from entremise.documents.services import Column, Export, Params
from entremise.documents.tables import Kind
from entremise.intercultural.filters import UseFilters
from entremise.intercultural.queries import language_names

USES_CODE = "besoins-interprete"
_COLUMNS = (
    Column("Jour", Kind.DATE, 12),
    Column("Langue", width=32),
    Column("Qui a interprété", width=36),
    Column("Comment", width=16),
    Column("Service", width=32),
    Column("Durée (minutes)", Kind.NUMBER, 12),
    Column("Coût (euros)", Kind.NUMBER, 12),
    Column("Résultat", width=28),
    Column("Besoin", width=22),
    Column("Un enfant a traduit", width=14),
)


def rows(actor: Actor, params: Params) -> Iterator[Sequence[Any]]:
    """One line a need. Neither the place nor the act: a rare language beside a place would name someone."""
    for use in UseFilters(params, actor=actor).listed().iterator():
        yield (
            use.used_on,
            language_names([use.language])[0],
            use.get_kind_display(),
            use.get_modality_display(),
            use.service,
            use.minutes,
            use.cost,
            use.get_understanding_display(),
            use.get_need_display(),
            "Oui" if use.child_translated else "",
        )


def count(actor: Actor, params: Params) -> int:
    """How many needs pass the filters."""
    return UseFilters(params, actor=actor).count()


USES = Export(
    "Besoins d’interprète",
    "intercultural.record_use",
    _COLUMNS,
    rows,
    count,
    (("Ce qui ne sort pas", "Le lieu, l’intervention et les personnes."),),
)
