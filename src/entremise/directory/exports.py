"""The directory as a spreadsheet, with the filters of its page."""

from collections.abc import Iterator
from typing import Any

from entremise.core.actor import Actor
from entremise.directory.filters import PartnerFilters
from entremise.directory.queries import partner_lines
from entremise.documents.exports import Export
from entremise.documents.services import Column

_COLUMNS = (
    Column("Partenaire", width=36),
    Column("Type de partenaire", width=32),
    Column("Téléphone", width=18),
    Column("Adresse électronique", width=30),
    Column("Horaires", width=32),
    Column("À défaut", width=32),
    Column("Adresse", width=36),
    Column("Commune", width=24),
    Column("Secteurs", width=28),
    Column("Remarque", width=40),
    Column("Vérifié le", "date", 12),
)


def rows(actor: Actor, params: Any) -> Iterator[tuple[Any, ...]]:
    """One line a partner, by name."""
    partners = PartnerFilters(params, actor=actor).apply().prefetch_related("sectors")
    for line in partner_lines(actor, partners):
        partner = line.partner
        instead = [partner.fallback.name if partner.fallback else "", partner.call_instead]
        yield (
            partner.name,
            line.type_label,
            partner.phone,
            partner.email,
            partner.hours,
            ", ".join(filter(None, instead)),
            partner.address,
            line.commune,
            ", ".join(sorted(sector.name for sector in partner.sectors.all())) or "Tous",
            partner.note,
            partner.checked_at,
        )


def count(actor: Actor, params: Any) -> int:
    """How many partners pass the filters."""
    return PartnerFilters(params, actor=actor).apply().order_by().count()


PARTNERS = Export("Annuaire", "directory.view", _COLUMNS, rows, count)
