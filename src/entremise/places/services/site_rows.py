"""One line of a spreadsheet of sites."""

import uuid

from entremise.accounts.queries import choices_for
from entremise.core.actor import Actor
from entremise.core.errors import InvalidInput
from entremise.core.text import fold
from entremise.places.enums import ImportKind
from entremise.places.models import Sector, Site
from entremise.places.queries import resolve_commune
from entremise.places.services.sites import create_sector, create_site
from entremise.places.services.spreadsheets import Cells, ImportColumn, Importer

COLUMNS = (
    ImportColumn("name", "Nom", "Le nom du lieu, par exemple Hall 4.", required=True, also=("Lieu", "Site")),
    ImportColumn(
        "space_type",
        "Type d’espace",
        "Un libellé ou un code de la liste, par exemple Hall d’immeuble.",
        required=True,
        also=("Type", "Type de lieu"),
    ),
    ImportColumn("sector", "Secteur", "Le nom du secteur ; il est créé s’il n’existe pas."),
    ImportColumn(
        "parent",
        "Fait partie de",
        "Le nom de la résidence ou de la ligne, déjà connue ou placée plus haut dans le fichier.",
        also=("Résidence", "Ligne"),
    ),
    ImportColumn("address", "Adresse", "Facultative, jamais pour un domicile."),
    ImportColumn("commune", "Commune", "Un nom, un code postal ou un code INSEE."),
    ImportColumn("qpv", "Code QPV", "QN suivi de six signes.", also=("QPV",)),
    ImportColumn("iris", "Code IRIS", "Neuf chiffres.", also=("IRIS",)),
    ImportColumn("position", "Rang", "L’ordre de l’arrêt sur sa ligne, un nombre.", also=("Ordre", "Position")),
)


def code_of(actor: Actor, reference: str, text: str) -> str:
    """The code that a label or a code of a list means, as the organisation writes it; the text itself if none."""
    wanted = fold(text)
    for code, label in choices_for(actor.organisation_id, reference)[reference].labels.items():
        if wanted in (fold(label), fold(code)):
            return code
    return text


def create_from_cells(actor: Actor, cells: Cells) -> Site:
    """The site of one line; raises InvalidInput under the names of the columns."""
    sector_id = _sector(actor, cells.get("sector", ""))
    position = cells.get("position", "") or "0"
    if not (position.isascii() and position.isdigit() and len(position) <= 4):
        raise InvalidInput({"position": ["Écrivez un nombre entier."]})
    return create_site(
        actor=actor,
        name=cells["name"],
        space_type=code_of(actor, "L4", cells["space_type"]),
        sector_id=sector_id,
        parent_id=_parent(actor, cells.get("parent", ""), sector_id),
        address=cells.get("address", ""),
        commune_code=resolve_commune(cells.get("commune", "")),
        qpv_code=cells.get("qpv", ""),
        iris_code=cells.get("iris", ""),
        position=int(position),
    )


def _sector(actor: Actor, name: str) -> uuid.UUID | None:
    if not name:
        return None
    wanted = fold(name)
    for sector in Sector.objects.visible_to(actor):
        if fold(sector.name) == wanted:
            return sector.pk
    return create_sector(actor=actor, name=name).pk


def _parent(actor: Actor, name: str, sector_id: uuid.UUID | None) -> uuid.UUID | None:
    if not name:
        return None
    found = Site.objects.visible_to(actor).filter(search_name=fold(name), is_active=True)
    if sector_id and found.filter(sector_id=sector_id).exists():
        found = found.filter(sector_id=sector_id)
    sites = list(found[:2])
    if not sites:
        raise InvalidInput({"parent": [f"Le lieu « {name[:60]} » n’existe pas encore. Placez-le plus haut."]})
    if len(sites) > 1:
        raise InvalidInput({"parent": [f"Plusieurs lieux se nomment « {name[:60]} ». Précisez le secteur."]})
    return sites[0].pk


SITES = Importer(ImportKind.SITES, "places.manage", COLUMNS, create_from_cells, ("lieu", "lieux"))
