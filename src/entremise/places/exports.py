"""Sites and sectors as spreadsheets, with the filters and the order of their pages."""

from collections.abc import Iterator
from typing import Any

from entremise.core.actor import Actor
from entremise.documents.exports import Export
from entremise.documents.services import Column
from entremise.places.filters import SectorFilters, SiteFilters
from entremise.places.queries import site_lines

_COLUMNS = (
    Column("Lieu", width=32),
    Column("Fait partie de", width=28),
    Column("Secteur", width=24),
    Column("Type d’espace", width=32),
    Column("Rang", "number", 8),
    Column("Adresse", width=36),
    Column("Commune", width=24),
    Column("Code commune", width=14),
    Column("Code QPV", width=12),
    Column("Code IRIS", width=12),
    Column("État", width=10),
)


def rows(actor: Actor, params: Any) -> Iterator[tuple[Any, ...]]:
    """One line a site, in the order of the page."""
    for line in site_lines(actor, SiteFilters(params, actor=actor).listed()):
        site = line.site
        yield (
            site.name,
            site.parent.name if site.parent else "",
            site.sector.name if site.sector else "",
            line.type_label,
            site.position or None,
            site.address,
            line.commune,
            site.commune_code,
            site.qpv_code,
            site.iris_code,
            "Ouvert" if site.is_active else "Fermé",
        )


def count(actor: Actor, params: Any) -> int:
    """How many sites pass the filters."""
    return SiteFilters(params, actor=actor).count()


def sector_rows(actor: Actor, params: Any) -> Iterator[tuple[Any, ...]]:
    """One line a sector, in the order of the page."""
    for sector in SectorFilters(params, actor=actor).listed():
        yield sector.name, sector.open_sites, "En service" if sector.is_active else "Hors service"


def sector_count(actor: Actor, params: Any) -> int:
    """How many sectors pass the filters."""
    return SectorFilters(params, actor=actor).count()


SECTORS = Export(
    "Secteurs",
    "places.view",
    (Column("Secteur", width=32), Column("Lieux ouverts", "number", 14), Column("État", width=14)),
    sector_rows,
    sector_count,
)
SITES = Export("Lieux", "places.view", _COLUMNS, rows, count)
