"""The file of the official deposit. Version 1.1.2 as its published schema has it; 1.1.5 as its users describe it. Pure.

The second adds ``action`` to what the first holds. The product does not carry the official schema. What the schema
asks is checked here first, and so is what it would let through: a VAE without its kind, a whole certification under
the code of a block.
"""

import datetime as dt
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from io import StringIO
from typing import Any
from xml.sax.saxutils import XMLGenerator
from xml.sax.xmlreader import AttributesImpl

from entremise.certification import civil
from entremise.certification.commands import CivilStatus
from entremise.certification.enums import DepositAction, DepositProfile
from entremise.competences.enums import Route

NAMESPACE = "urn:cdc:cpf:pc5:schema:1.0.0"
MOST_PASSAGES = 200_000
_XSI = "http://www.w3.org/2001/XMLSchema-instance"
_NIL = object()
_ACCESS = {
    Route.INITIAL: "FORMATION_INITIALE_HORS_APPRENTISSAGE",
    Route.APPRENTICESHIP: "FORMATION_INITIALE_APPRENTISSAGE",
    Route.CONTINUING: "FORMATION_CONTINUE_HORS_CONTRAT_DE_PROFESSIONNALISATION",
    Route.PROFESSIONALISATION: "FORMATION_CONTINUE_CONTRAT_DE_PROFESSIONNALISATION",
    Route.INDIVIDUAL: "CANDIDAT_LIBRE",
    Route.VAE: "VAE",
}


@dataclass(frozen=True)
class Header:
    """Who sends, for whom, under which contract; the identifiers are given by the Caisse des Dépôts."""

    flux: str
    stamped_at: dt.datetime
    client: str
    certifier: str
    contract: str
    profile: str = DepositProfile.PUBLISHED
    action: str = DepositAction.CREATION


@dataclass(frozen=True)
class Passage:
    """One whole certification obtained by one person. Dates of the exam and its place when they are known."""

    identifier: str
    code: str
    person: CivilStatus
    route: str
    obtained_on: dt.date
    enrolled_on: dt.date | None = None
    exam_from: dt.date | None = None
    exam_to: dt.date | None = None
    modality: str = ""
    postal_code: str = ""


def header_faults(client: str, certifier: str, contract: str) -> list[str]:
    """What keeps any file from being made."""
    found = {
        "L’identifiant client compte 8 signes : écrivez-le dans les règles du certificateur.": len(client) != 8,
        "L’identifiant du certificateur compte 8 signes : écrivez-le dans les règles.": len(certifier) != 8,
        "Le numéro du contrat manque : écrivez-le dans les règles du certificateur.": not 0 < len(contract) <= 20,
    }
    return [sentence for sentence, holds in found.items() if holds]


def passage_faults(passage: Passage, today: dt.date) -> list[str]:
    """What would have this passage refused; each in a sentence that says what to mend."""
    found = [reason for reasons in civil.faults(passage.person, today.year).values() for reason in reasons]
    names = civil.first_names(passage.person.first_names)
    told = {
        "Le code n’est pas celui d’une certification entière.": not re.fullmatch(r"(RNCP|RS)\d{1,6}", passage.code),
        "Cette voie d’accès n’a pas de code dans le dépôt officiel.": passage.route not in _ACCESS,
        "La date d’obtention est à venir.": passage.obtained_on > today,
        "L’inscription est après l’obtention : relisez la candidature.": passage.enrolled_on is not None
        and passage.enrolled_on > passage.obtained_on,
        "Le lieu de naissance dépasse 60 signes.": len(passage.person.birth_place) > civil.LONGEST,
        "Le code postal du lieu d’examen dépasse 9 signes.": len(passage.postal_code) > 9,
        "Il faut au moins un prénom.": not names,
    }
    return found + [sentence for sentence, holds in told.items() if holds]


def write(header: Header, passages: Sequence[Passage] | Iterable[Passage], target: StringIO) -> None:
    """The file, one passage at a time, in the order of the dictionary. The same passages give the same bytes."""
    xml = _Writer(target)
    xml.begin("flux", {"xmlns:cpf": NAMESPACE, "xmlns:xsi": _XSI})
    xml.leaf("idFlux", header.flux)
    xml.leaf("horodatage", _stamp(header.stamped_at))
    if header.profile == DepositProfile.SECOND_HAND:
        xml.leaf("action", header.action)
    xml.begin("emetteur")
    xml.leaf("idClient", header.client)
    xml.begin("certificateurs")
    xml.begin("certificateur")
    xml.leaf("idClient", header.certifier)
    xml.leaf("idContrat", header.contract)
    xml.begin("certifications")
    current = None
    for passage in passages:
        if passage.code != current:
            _end_certification(xml, current)
            _begin_certification(xml, passage.code)
            current = passage.code
        _passage(xml, passage)
    _end_certification(xml, current)
    for name in ("certifications", "certificateur", "certificateurs", "emetteur", "flux"):
        xml.end(name)


def _begin_certification(xml: "_Writer", code: str) -> None:
    xml.begin("certification")
    xml.leaf("type", re.sub(r"\d", "", code))
    xml.leaf("code", code)
    xml.leaf("natureDeposant", "CERTIFICATEUR")
    xml.begin("passageCertifications")


def _end_certification(xml: "_Writer", current: str | None) -> None:
    if current is not None:
        xml.end("passageCertifications")
        xml.end("certification")


def _stamp(instant: dt.datetime) -> str:
    """A numeric offset and no fraction: the format takes neither ``Z`` nor thousandths."""
    return instant.astimezone(dt.UTC).replace(microsecond=0).isoformat()


def _passage(xml: "_Writer", one: Passage) -> None:
    xml.begin("passageCertification")
    xml.leaf("idTechnique", one.identifier)
    xml.leaf("obtentionCertification", "PAR_ADMISSION")
    xml.leaf("donneeCertifiee", "true")
    xml.leaf("dateDebutExamen", one.exam_from)
    xml.leaf("dateFinExamen", one.exam_to)
    xml.leaf("modalitePassageExamen", one.modality)
    xml.leaf("codePostalCentreExamen", one.postal_code)
    xml.leaf("dateDebutValidite", one.obtained_on)
    xml.leaf("dateFinValidite", _NIL)
    xml.leaf("presenceNiveauLangueEuro", "false")
    xml.leaf("presenceNiveauNumeriqueEuro", "false")
    xml.leaf("scoring", _NIL)
    xml.leaf("mentionValidee", _NIL)
    xml.begin("modalitesInscription")
    xml.leaf("modaliteAcces", _ACCESS[Route(one.route)])
    xml.leaf("voieAccessVAE", "VAE_CLASSIQUE" if one.route == Route.VAE else "")
    xml.leaf("dateInscription", one.enrolled_on)
    xml.end("modalitesInscription")
    xml.begin("identificationTitulaire")
    _holder(xml, one.person)
    xml.end("identificationTitulaire")
    xml.end("passageCertification")


def _holder(xml: "_Writer", person: CivilStatus) -> None:
    date = civil.birth_date(person.born_on)
    assert date is not None  # ``passage_faults`` was asked before
    year, month, day = date
    names = civil.first_names(person.first_names)
    xml.begin("titulaire")
    xml.leaf("nomNaissance", person.birth_name)
    xml.leaf("nomUsage", person.usage_name or _NIL)
    for rank, name in enumerate(names[:3], 1):
        xml.leaf(f"prenom{rank}", name)
    xml.leaf("anneeNaissance", year)
    xml.leaf("moisNaissance", month or _NIL)
    xml.leaf("jourNaissance", day or _NIL)
    xml.leaf("sexe", person.sex)
    xml.begin("codeCommuneNaissance")
    kind, leaf = ("codeInseeNaissance", "codeInsee") if person.birth_code else ("codePostalNaissance", "codePostal")
    xml.begin(kind)
    xml.leaf(leaf, person.birth_code or _NIL)
    xml.end(kind)
    xml.end("codeCommuneNaissance")
    xml.leaf("libelleCommuneNaissance", person.birth_place)
    xml.leaf("libellePaysNaissance", person.birth_country)
    xml.end("titulaire")


class _Writer:
    """Elements of the deposit's namespace; an empty value is left out, ``_NIL`` is said to be nil."""

    def __init__(self, target: StringIO) -> None:
        self._xml = XMLGenerator(target, encoding="UTF-8")
        self._xml.startDocument()

    def begin(self, name: str, attributes: dict[str, str] | None = None) -> None:
        self._xml.startElement(f"cpf:{name}", AttributesImpl(attributes or {}))

    def end(self, name: str) -> None:
        self._xml.endElement(f"cpf:{name}")

    def leaf(self, name: str, value: Any) -> None:
        if value is None or value == "":
            return
        nil = value is _NIL
        self.begin(name, {"xsi:nil": "true"} if nil else None)
        self._xml.characters("" if nil else str(value))
        self.end(name)
