"""The directory as spreadsheets, with the filters and the order of their pages."""

from collections.abc import Iterator
from typing import Any

from entremise.core.actor import Actor
from entremise.directory.filters import OwnerFilters, PartnerFilters
from entremise.directory.queries import category_choices, partner_lines
from entremise.documents.exports import Export
from entremise.documents.services import Column
from entremise.places.queries import label_of

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
    """One line a partner, in the order of the page."""
    partners = PartnerFilters(params, actor=actor).listed().prefetch_related("sectors")
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
    return PartnerFilters(params, actor=actor).count()


def owner_rows(actor: Actor, params: Any) -> Iterator[tuple[Any, ...]]:
    """One line a place or sector and its partner, in the order of the page."""
    labels = dict(category_choices(actor))
    for owner in OwnerFilters(params, actor=actor).listed():
        place = label_of(owner.site) if owner.site else f"Tout le secteur {owner.sector}"
        categories = ", ".join(labels.get(code, code) for code in owner.categories) or "Tous les signalements"
        yield (place, owner.partner.name, categories, "En service" if owner.partner.is_active else "Retiré")


def owner_count(actor: Actor, params: Any) -> int:
    """How many lines pass the filters."""
    return OwnerFilters(params, actor=actor).count()


OWNERS = Export(
    "Qui prévenir d’un défaut",
    "directory.view",
    (
        Column("Lieu ou secteur", width=36),
        Column("Partenaire", width=36),
        Column("Signalements", width=40),
        Column("État", width=12),
    ),
    owner_rows,
    owner_count,
)
PARTNERS = Export("Annuaire", "directory.view", _COLUMNS, rows, count)
