"""The list of conventions as a spreadsheet: what each funder pays for, without any total."""

from collections.abc import Iterator, Sequence
from typing import Any

from entremise.core.actor import Actor
from entremise.documents.exports import Export
from entremise.documents.services import Column, Params
from entremise.documents.tables import Kind
from entremise.interventions.enums import Register
from entremise.statistics.enums import FunderKind, Template
from entremise.statistics.forms import ConventionFilterForm


def rows(actor: Actor, params: Params) -> Iterator[Sequence[Any]]:
    """The lines of the page, in its order. The text about the post, which may name someone, stays."""
    names = {code: str(label) for code, label in Register.choices}
    found = ConventionFilterForm(params, actor=actor).listed().defer("post", "missions").prefetch_related("sites")
    for convention in found:
        yield (
            convention.funder_name,
            convention.number,
            str(FunderKind(convention.funder_kind).label),
            str(Template(convention.template).label),
            convention.starts_on,
            convention.ends_on,
            ", ".join(sorted(site.name for site in convention.sites.all())) or "Tous",
            ", ".join(names.get(code, code) for code in convention.registers) or "Tous",
            "En cours" if convention.is_active else "Close",
        )


def count(actor: Actor, params: Params) -> int:
    """How many conventions pass the filters."""
    return ConventionFilterForm(params, actor=actor).listed().order_by().count()


CONVENTIONS = Export(
    "Conventions",
    "statistics.view",
    (
        Column("Financeur", width=32),
        Column("Numéro", width=16),
        Column("Nature du financeur", width=32),
        Column("Modèle de bilan", width=24),
        Column("Début", Kind.DATE, 12),
        Column("Fin", Kind.DATE, 12),
        Column("Lieux", width=40),
        Column("Registres comptés", width=40),
        Column("État", width=12),
    ),
    rows,
    count,
    (("Totaux", "Une intervention peut servir plusieurs conventions : leurs totaux ne s’additionnent jamais."),),
)
