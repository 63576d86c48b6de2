"""Conventions and the links given for them as spreadsheets: what each funder pays for and reads, without any total."""

from collections.abc import Iterator, Sequence
from typing import Any

from entremise.core.actor import Actor
from entremise.documents.exports import Export
from entremise.documents.services import Column, Params
from entremise.documents.tables import Kind
from entremise.interventions.enums import Register
from entremise.statistics.enums import FunderKind, Template
from entremise.statistics.filters import ConventionFilters, LinkFilters


def rows(actor: Actor, params: Params) -> Iterator[Sequence[Any]]:
    """The lines of the page, in its order. The text about the post, which may name someone, stays."""
    names = {code: str(label) for code, label in Register.choices}
    found = ConventionFilters(params, actor=actor).listed().defer("post", "missions").prefetch_related("sites")
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
    return ConventionFilters(params, actor=actor).count()


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


def link_rows(actor: Actor, params: Params) -> Iterator[Sequence[Any]]:
    """The lines of the page, in its order, without the name of a colleague or any address."""
    for link in LinkFilters(params, actor=actor).listed():
        yield (
            link.convention.funder_name,
            link.period_start,
            link.period_end,
            link.version,
            link.created_at,
            link.expires_at,
            str(link.state.label),
            link.openings,
            link.last_opened_at,
        )


def link_count(actor: Actor, params: Params) -> int:
    """How many links pass the filters."""
    return LinkFilters(params, actor=actor).count()


LINKS = Export(
    "Liens donnés",
    "statistics.download",
    (
        Column("Financeur", width=32),
        Column("Premier jour", Kind.DATE, 12),
        Column("Dernier jour", Kind.DATE, 12),
        Column("Version", Kind.NUMBER, 9),
        Column("Créé", Kind.DATETIME, 17),
        Column("Expire", Kind.DATETIME, 17),
        Column("État", width=12),
        Column("Ouvertures", Kind.NUMBER, 11),
        Column("Dernière ouverture", Kind.DATETIME, 17),
    ),
    link_rows,
    link_count,
    (("Ouvertures", "Combien de fois le bilan a été ouvert ; qui l’ouvre n’est pas noté."),),
)
