"""The CSV export, for want of the XML: ten tables tied by the number of the record. It gives no competence.

Its traps: a tab before a SIRET, apostrophes doubled, codes repeated in labels, names of files in two forms of Unicode.
"""

import csv
import io
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager
from typing import Any

from entremise.competences.register import facts, refusals
from entremise.competences.register.facts import Fiche, FicheBlock, FicheRoute
from entremise.competences.register.refusals import refuse
from entremise.core.text import fold

Entry = Any
_TABLES = {
    "standard": "standard",
    "blocks": "blocs de competences",
    "certifiers": "certificateurs",
    "formacodes": "formacode",
    "nsf": "nsf",
    "rome": "rome",
    "routes": "voixdacces",
    "versions": "ancienne nouvelle certification",
}
_ROUTES = {fold(label): (code, label) for code, label in facts.ROUTES.values()}
_INFERRED = (
    "L’export en tableaux ne nomme pas cette voie parmi celles de la fiche : elle est donnée comme fermée par "
    "déduction, à confirmer par le certificateur."
)
_SIGNS = 131_072  # longest cell


def read(sheets: Mapping[str, Entry], opened: Callable[[Entry], AbstractContextManager[Any]]) -> Iterator[Fiche]:
    """Every record of the tables; ``sheets`` by folded name. Raises Refused without the two main ones."""
    found = {name: _named(sheets, words) for name, words in _TABLES.items()}
    if found["standard"] is None or found["blocks"] is None:
        refuse(refusals.NOT_AN_EXPORT)
    beside: dict[str, dict[str, list[tuple[str, ...]]]] = {
        name: _grouped(entry, opened, _COLUMNS[name])
        for name, entry in found.items()
        if entry is not None and name != "standard"
    }
    for row in _rows(found["standard"], opened):
        code = row.get("Numero_Fiche", "").upper()
        if facts.is_code(code):
            yield _fiche(code, row, {name: beside.get(name, {}).get(code, []) for name in _COLUMNS})


_COLUMNS: dict[str, tuple[str, ...]] = {
    "blocks": ("Bloc_Competences_Code", "Bloc_Competences_Libelle"),
    "certifiers": ("Siret_Certificateur", "Nom_Certificateur"),
    "formacodes": ("Formacode_Code", "Formacode_Libelle"),
    "nsf": ("Nsf_Code", "Nsf_Intitule"),
    "rome": ("Codes_Rome_Code", "Codes_Rome_Libelle"),
    "routes": ("Si_Jury",),
    "versions": ("Ancienne_Certification", "Nouvelle_Certification"),
}


def _named(sheets: Mapping[str, Entry], words: str) -> Entry | None:
    return next((entry for name, entry in sheets.items() if words in name), None)


def _rows(entry: Entry, opened: Callable[[Entry], AbstractContextManager[Any]]) -> Iterator[dict[str, str]]:
    """The lines as dictionaries of cleaned cells; UnicodeDecodeError, a ValueError, for another encoding."""
    with opened(entry) as stream:
        lines = io.TextIOWrapper(io.BufferedReader(stream), encoding="utf-8-sig", newline="")
        reader = csv.reader(lines, delimiter=";", strict=True)
        try:
            header = next(reader, [])
            if "Numero_Fiche" not in header:
                refuse(refusals.NOT_AN_EXPORT)
            for cells in filter(None, reader):
                if len(cells) != len(header) or any(len(cell) > _SIGNS for cell in cells):
                    refuse(refusals.BROKEN)
                yield {name: facts.clean(cell.replace("''", "'")) for name, cell in zip(header, cells, strict=True)}
        except csv.Error:
            refuse(refusals.BROKEN)


def _grouped(
    entry: Entry, opened: Callable[[Entry], AbstractContextManager[Any]], columns: tuple[str, ...]
) -> dict[str, list[tuple[str, ...]]]:
    found: dict[str, list[tuple[str, ...]]] = defaultdict(list)
    for row in _rows(entry, opened):
        found[row["Numero_Fiche"].upper()].append(tuple(row.get(name, "") for name in columns))
    return found


def _fiche(code: str, row: Mapping[str, str], beside: Mapping[str, list[tuple[str, ...]]]) -> Fiche:
    return Fiche(
        code=code,
        title=row.get("Intitule", ""),
        level=facts.level(row.get("Nomenclature_Europe_Niveau")),
        is_active=facts.yes_no(row.get("Actif")),
        registered_until=facts.day(row.get("Date_Fin_Enregistrement")),
        certifiers=[
            {"legal_name": name, "siret": facts.siret(siret), "trade_name": "", "website": ""}
            for siret, name in beside["certifiers"]
        ],
        codes={name: _codes(beside[name]) for name in ("nsf", "formacodes", "rome")},
        new_caledonia=facts.yes_no(row.get("Accessible_Nouvelle_Caledonie")),
        french_polynesia=facts.yes_no(row.get("Accessible_Polynesie_Francaise")),
        routes=_routes(beside["routes"]),
        blocks=[FicheBlock(block, title) for block, title in dict.fromkeys(beside["blocks"]) if block],
        replaces=list(dict.fromkeys(old for old, _ in beside["versions"] if facts.is_code(old))),
        successors=list(dict.fromkeys(new for _, new in beside["versions"] if facts.is_code(new))),
    )


def _codes(rows: list[tuple[str, ...]]) -> list[dict[str, str]]:
    found = {code: facts.label(label, code) for code, label in rows if code}
    return [{"code": code, "label": label} for code, label in found.items()]


def _routes(rows: list[tuple[str, ...]]) -> list[FicheRoute]:
    """Named, a route is open; not named beside others that are, it is closed by inference; nothing named, unknown."""
    named = {fold(label) for (label,) in rows}
    return [
        FicheRoute(code, label, is_open=None)
        if not named
        else FicheRoute(code, label, is_open=key in named, inferred="" if key in named else _INFERRED)
        for key, (code, label) in _ROUTES.items()
    ]
