"""One line of a spreadsheet of partners."""

from typing import Any

from entremise.core.actor import Actor
from entremise.core.errors import InvalidInput
from entremise.core.text import fold
from entremise.directory.models import Partner
from entremise.directory.services.partners import create_partner
from entremise.places.enums import ImportKind
from entremise.places.queries import list_sectors, resolve_commune
from entremise.places.services import Cells, ImportColumn, Importer, code_of

COLUMNS = (
    ImportColumn("name", "Nom", "Le service ou l’organisme, jamais une personne.", required=True, also=("Partenaire",)),
    ImportColumn(
        "partner_type",
        "Type de partenaire",
        "Un libellé ou un code de la liste, par exemple Mission locale.",
        required=True,
        also=("Type",),
    ),
    ImportColumn("phone", "Téléphone", "Le numéro public du service.", also=("Tél", "Tel", "Numéro")),
    ImportColumn("email", "Adresse électronique", "La boîte du service.", also=("E-mail", "Mail", "Courriel")),
    ImportColumn("hours", "Horaires", "Par exemple lundi à vendredi, 9 h – 17 h."),
    ImportColumn(
        "call_instead", "À défaut", "Qui appeler quand le service ne répond pas.", also=("Qui appeler à défaut",)
    ),
    ImportColumn("address", "Adresse", "Celle de l’accueil."),
    ImportColumn("commune", "Commune", "Un nom, un code postal ou un code INSEE.", also=("Ville",)),
    ImportColumn(
        "sector", "Secteurs", "Les noms des secteurs servis, séparés par des virgules ; vide : tous.", also=("Secteur",)
    ),
    ImportColumn("note", "Remarque", "Utile à l’équipe. Aucun nom de personne."),
)
_TEXTS = ("name", "phone", "email", "hours", "call_instead", "address", "note")


def create_from_cells(actor: Actor, cells: Cells) -> Partner:
    """The partner of one line; raises InvalidInput under the names of the columns."""
    facts: dict[str, Any] = {field: cells.get(field, "") for field in _TEXTS}
    facts["phone"] = _nine_digits(facts["phone"])
    return create_partner(
        actor=actor,
        partner_type=code_of(actor, "L20", cells["partner_type"]),
        commune_code=resolve_commune(cells.get("commune", "")),
        sector_ids=_sectors(actor, cells.get("sector", "")),
        **facts,
    )


def _nine_digits(phone: str) -> str:
    """Spreadsheets drop the zero at the head of a number: 321000000 is 0321000000."""
    return f"0{phone}" if phone.isascii() and phone.isdigit() and len(phone) == 9 and phone[0] != "0" else phone


def _sectors(actor: Actor, text: str) -> tuple:
    known = {fold(sector.name): sector.pk for sector in list_sectors(actor, active_only=False)}
    found = []
    for name in filter(None, (part.strip() for part in text.replace(";", ",").split(","))):
        if fold(name) not in known:
            raise InvalidInput({"sector": [f"Le secteur « {name[:60]} » n’existe pas. Créez-le ou corrigez son nom."]})
        found.append(known[fold(name)])
    return tuple(dict.fromkeys(found))


PARTNERS = Importer(ImportKind.PARTNERS, "directory.manage", COLUMNS, create_from_cells, ("partenaire", "partenaires"))
