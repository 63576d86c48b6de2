"""The XML export (V4.1), streamed: one record in memory at a time.

A document type may only stand before the root: the beginning is shown to a parser that refuses any declaration, so
that the fast one below never meets an entity.
"""

from collections.abc import Iterator
from typing import Any, NoReturn
from xml.etree.ElementTree import Element, XMLPullParser
from xml.parsers import expat

from entremise.competences.register import facts, refusals
from entremise.competences.register.facts import Fiche, FicheBlock, FicheMatch, FicheRoute
from entremise.competences.register.refusals import refuse

_CHUNK = 262_144
_DEEPEST = 40
MOST_OF_ONE = 16_000_000  # bytes between two records: none comes near it


def read(stream: Any) -> Iterator[Fiche]:
    """Every record of the document; raises Refused for a hostile one, ParseError for one cut or wrongly encoded."""
    chunk = stream.read(_CHUNK)
    _check_beginning(chunk)
    parser: Any = XMLPullParser(events=("start", "end"))
    root: Element | None = None
    depth = since = 0
    while chunk:
        parser.feed(chunk)
        since += len(chunk)
        for event, element in parser.read_events():
            if event == "start":
                depth += 1
                if root is None:
                    root = _root(element)
                elif depth > _DEEPEST:
                    refuse(refusals.NOT_AN_EXPORT)
                continue
            depth -= 1
            if depth == 1:
                if element.tag == "FICHE" and (found := _fiche(element)) is not None:
                    yield found
                assert root is not None  # an element ended inside it
                root.clear()
                since = 0
        if since > MOST_OF_ONE:
            refuse(refusals.TOO_BIG)
        chunk = stream.read(_CHUNK)
    parser.close()


class _Enough(Exception):
    """The root was met."""


def _check_beginning(chunk: bytes) -> None:
    """Refuse a declaration before the root, and a document whose root does not come soon."""

    def declared(*_: Any) -> NoReturn:
        refuse(refusals.HOSTILE)

    def begun(*_: Any) -> NoReturn:
        raise _Enough

    parser = expat.ParserCreate()
    parser.StartDoctypeDeclHandler = parser.EntityDeclHandler = declared
    parser.StartElementHandler = begun
    try:
        parser.Parse(chunk, False)
    except _Enough:
        return
    except (expat.ExpatError, ValueError, LookupError):
        pass
    refuse(refusals.NOT_AN_EXPORT)


def _root(element: Element) -> Element:
    if element.tag != "FICHES":
        refuse(refusals.NOT_AN_EXPORT)
    return element


def _fiche(element: Element) -> Fiche | None:
    """The record; None for one whose number is not one of the register: nothing could name it."""
    code = facts.clean(element.findtext("NUMERO_FICHE")).upper()
    if not facts.is_code(code):
        return None

    def text(path: str) -> str:
        return facts.clean(element.findtext(path))

    return Fiche(
        code=code,
        title=text("INTITULE"),
        level=facts.level(element.findtext("NOMENCLATURE_EUROPE/NIVEAU")),
        is_active=facts.yes_no(element.findtext("ACTIF")),
        registered_until=facts.day(element.findtext("DATE_FIN_ENREGISTREMENT")),
        last_delivery=facts.day(element.findtext("DATE_LIMITE_DELIVRANCE")),
        certifiers=[_certifier(one) for one in element.iterfind("CERTIFICATEURS/CERTIFICATEUR")],
        codes={
            "nsf": _codes(element, "CODES_NSF/NSF"),
            "formacodes": _codes(element, "FORMACODES/FORMACODE"),
            "rome": _codes(element, "CODES_ROME/ROME"),
        },
        objectives=text("OBJECTIFS_CONTEXTE"),
        activities=text("ACTIVITES_VISEES"),
        capacities=text("CAPACITES_ATTESTEES"),
        sectors=text("SECTEURS_ACTIVITE"),
        jobs=text("TYPE_EMPLOI_ACCESSIBLES"),
        entry=text("PREREQUIS_ENTREE_FORMATION"),
        validation=text("PREREQUIS_VALIDATION_CERTIFICATION"),
        new_caledonia=facts.yes_no(element.findtext("ACCESSIBLE_NOUVELLE_CALEDONIE")),
        french_polynesia=facts.yes_no(element.findtext("ACCESSIBLE_POLYNESIE_FRANCAISE")),
        routes=[_route(element, tag) for tag in facts.ROUTES],
        blocks=[_block(one) for one in element.iterfind("BLOCS_COMPETENCES/BLOC_COMPETENCES")],
        legal=[title for one in element.iterfind(".//PUBLICATION_JO") if (title := facts.clean(one.findtext("TITRE")))],
        statistics=[row for one in _promotions(element) if (row := _statistics(one)) is not None],
        replaces=_texts(element, "ANCIENNES_CERTIFICATIONS/ANCIENNE_CERTIFICATION/ID_FICHE_ANCIENNE_CERTIFICATION"),
        successors=_texts(element, "NOUVELLES_CERTIFICATIONS/NOUVELLE_CERTIFICATION/ID_FICHE_NOUVELLE_CERTIFICATION"),
        matches=[found for one in element.iterfind("CORRESPONDANCES/CORRESPONDANCE") if (found := _match(one))],
    )


def _texts(element: Element, path: str) -> list[str]:
    found = (facts.clean(one.text).upper() for one in element.iterfind(path))
    return list(dict.fromkeys(code for code in found if facts.is_code(code)))


def _certifier(element: Element) -> dict[str, str]:
    website = facts.clean(element.findtext("SITE_INTERNET"))
    return {
        "legal_name": facts.clean(element.findtext("NOM_CERTIFICATEUR")),
        "siret": facts.siret(element.findtext("SIRET_CERTIFICATEUR")),
        "trade_name": facts.clean(element.findtext("NOM_COMMERCIAL")),
        "website": website if website.startswith(("http://", "https://")) else "",
    }


def _codes(element: Element, path: str) -> list[dict[str, str]]:
    found: dict[str, str] = {}
    for one in element.iterfind(path):
        code = facts.clean(one.findtext("CODE"))
        if code:
            found.setdefault(code, facts.label(one.findtext("LIBELLE"), code))
    return [{"code": code, "label": label} for code, label in found.items()]


def _route(element: Element, tag: str) -> FicheRoute:
    code, label = facts.ROUTES[tag]
    found = element.find(f"SI_JURY_{tag}")
    if found is None:
        return FicheRoute(code, label)
    jury = facts.clean(found.findtext("COMPOSITION"))
    return FicheRoute(
        code,
        label,
        is_open=facts.yes_no(found.findtext("ACTIF") or found.text),
        jury="" if jury.strip("- ") == "" else jury,
        modified=facts.day(found.findtext("DATE_DERNIERE_MODIFICATION")),
    )


def _block(element: Element) -> FicheBlock:
    prerequisites = ("PREREQUIS_ENTREE_FORMATION_BLOC", "PREREQUIS_VALIDATION_BLOC")
    return FicheBlock(
        code=facts.clean(element.findtext("CODE")),
        title=facts.clean(element.findtext("LIBELLE")),
        text=facts.clean(element.findtext("LISTE_COMPETENCES")),
        evaluation=facts.clean(element.findtext("MODALITES_EVALUATION")),
        prerequisite="\n".join(text for tag in prerequisites if (text := facts.clean(element.findtext(tag)))),
    )


def _promotions(element: Element) -> Iterator[Element]:
    """Both spellings of the child are met."""
    found = element.find("STATISTIQUES_PROMOTIONS")
    return iter(()) if found is None else iter(found)


def _statistics(element: Element) -> dict[str, int | None] | None:
    year = facts.number(element.findtext("ANNEE"), 9999)
    if year is None:
        return None

    def number(tag: str, most: int = 10_000_000) -> int | None:
        return facts.number(element.findtext(tag), most)

    return {
        "year": year,
        "certified": number("NOMBRE_CERTIFIES"),
        "certified_vae": number("NOMBRE_CERTIFIES_VAE"),
        "insertion_6m": number("TAUX_INSERTION_GLOBAL_6MOIS", 100),
        "target_job_6m": number("TAUX_INSERTION_METIER_6MOIS", 100),
        "target_job_2y": number("TAUX_INSERTION_METIER_2ANS", 100),
    }


def _match(element: Element) -> FicheMatch | None:
    record = facts.clean(element.findtext("DESTINATION/NUMERO_FICHE")).upper()
    here = [facts.clean(one.text) for one in element.iterfind("SOURCE//CODE")]
    there = [facts.clean(one.text) for one in element.iterfind("DESTINATION//CODE")]
    return FicheMatch(here, record, there) if facts.is_code(record) and here and there else None
