"""The registers as files: spreadsheets of the lists, register and assessments as texts to change, register as CSV."""

import csv
import io
from collections.abc import Iterator
from typing import Any

from entremise.core.actor import Actor
from entremise.core.permissions import can
from entremise.core.time import local
from entremise.documents.exports import Export
from entremise.documents.services import Column, Document, ReportColumn, ReportTable, Section
from entremise.privacy.countries import COUNTRIES, transfer_of
from entremise.privacy.enums_accountability import (
    BreachData,
    BreachKind,
    BreachNature,
    BreachPersons,
    BreachRisk,
    BreachState,
)
from entremise.privacy.filters_accountability import BreachFilters, ProcessorFilters
from entremise.privacy.measures import MEASURES
from entremise.privacy.models import Breach, Processor
from entremise.privacy.queries.breaches import clock_of
from entremise.privacy.queries.impact import IMPACT_FIELDS, RISK_TEXTS, Assessment, Risk
from entremise.privacy.queries.register import HOUSE_FIELDS, SHEET_FIELDS, Register, Sheet

CODE, HOUSE = "le logiciel", "l’organisation"
UNWRITTEN = "À compléter"
_COLUMNS = (ReportColumn("Rubrique"), ReportColumn("Contenu"), ReportColumn("Écrit par"))
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def sheet_rows(sheet: Sheet) -> list[tuple[str, str, str]]:
    """The rows of one processing (article 30): title, content, who writes it."""
    known, words = sheet.declared, sheet.words
    return [
        ("Finalité", known.purpose, CODE),
        ("Base légale", known.basis_label, CODE),
        (SHEET_FIELDS["basis"][0], words["basis"], HOUSE),
        ("Personnes concernées", _lines(known.persons), CODE),
        ("Données", _lines(known.data), CODE),
        ("Données sensibles", known.sensitive, CODE),
        ("Sources", _lines(known.sources), CODE),
        ("Destinataires", _lines(known.recipients), CODE),
        (SHEET_FIELDS["recipients"][0], words["recipients"], HOUSE),
        ("Sous-traitants", _lines(_processor(one) for one in sheet.processors), HOUSE),
        ("Durées de conservation", _lines(kept.sentence for kept in known.kept), CODE),
        ("Mesures de sécurité propres", _lines(known.security), CODE),
        (SHEET_FIELDS["note"][0], words["note"], HOUSE),
    ]


def _lines(values: Any) -> str:
    return "\n".join(values)


def _processor(one: Processor) -> str:
    contract = f"contrat du {one.contract_on:%d/%m/%Y}" if one.contract_on else "contrat à signer"
    return f"{one.name} ({one.service}, {COUNTRIES[one.country]}, {contract})"


def register_document(register: Register, organisation: str) -> Document:
    """The register as a text that the organisation may change."""
    house = [(title, register.words.house.get(name, "") or UNWRITTEN) for name, (title, _) in HOUSE_FIELDS.items()]
    measures = [(measure.title, measure.words, CODE) for measure in MEASURES]
    sections = [
        Section("Organisation", tables=[_two_columns("Ce que l’organisation déclare", house)]),
        Section("Mesures de sécurité communes", tables=[ReportTable("Mesures appliquées", _COLUMNS, measures)]),
        *(
            Section(sheet.declared.label, tables=[ReportTable(sheet.declared.label, _COLUMNS, sheet_rows(sheet))])
            for sheet in register.sheets
        ),
    ]
    return Document("Registre des activités de traitement", organisation, _meta(register), sections)


def _meta(register: Register) -> list[tuple[str, str]]:
    if register.version is None:
        return [("Version", "aucune : ce que le logiciel déclare, à compléter")]
    day = local(register.version.created_at)
    return [("Version", f"{register.version.number}, du {day:%d/%m/%Y}"), ("Écrite par", register.author)]


def _two_columns(caption: str, rows: list[tuple[str, str]]) -> ReportTable:
    return ReportTable(caption, (ReportColumn("Rubrique"), ReportColumn("Contenu")), rows)


def register_csv(register: Register) -> bytes:
    """One line a processing, a column a heading; UTF-8 with a mark and semicolons, as French spreadsheets open them."""
    buffer = io.StringIO()
    writer = csv.writer(buffer, delimiter=";", lineterminator="\r\n")
    for rank, sheet in enumerate(register.sheets):
        rows = sheet_rows(sheet)
        if not rank:
            house = [title for title, _ in HOUSE_FIELDS.values()]
            writer.writerow(["Traitement", *(title for title, _, _ in rows), *house, "Version", "Date"])
        writer.writerow([_cell(value) for value in _csv_line(register, sheet, rows)])
    return b"\xef\xbb\xbf" + buffer.getvalue().encode()


def _csv_line(register: Register, sheet: Sheet, rows: list[tuple[str, str, str]]) -> Iterator[str]:
    yield sheet.declared.label
    yield from (content for _, content, _ in rows)
    yield from (register.words.house.get(name, "") for name in HOUSE_FIELDS)
    version = register.version
    yield str(version.number) if version else ""
    yield local(version.created_at).strftime("%d/%m/%Y") if version else ""


def _cell(value: str) -> str:
    """A cell is a value, never a formula, whatever it begins with."""
    return f"'{value}" if value.startswith(_FORMULA) else value


def impact_document(assessment: Assessment, organisation: str) -> Document:
    """An assessment as a text that the organisation may change."""
    known, study = assessment.declared, assessment.study
    described = [row[:2] for row in sheet_rows(Sheet(known, dict.fromkeys(SHEET_FIELDS, ""), [])) if row[2] == CODE]
    measures = [(measure.title, measure.words) for measure in MEASURES]
    decision = [
        ("Avis du délégué donné le", f"{study.dpo_on:%d/%m/%Y}" if study.dpo_on else UNWRITTEN),
        ("Décision", study.decision_label or UNWRITTEN),
        ("À revoir le", f"{study.review_on:%d/%m/%Y}" if study.review_on else UNWRITTEN),
    ]
    sections = [
        Section("Description", [_text(assessment, "context")], tables=[_two_columns("Le traitement", described)]),
        Section("Nécessité et proportionnalité", [_text(assessment, "necessity")]),
        Section("Droits des personnes", [_text(assessment, "rights")]),
        *(_risk_section(risk) for risk in study.all_risks),
        Section(
            "Mesures",
            [_text(assessment, "measures")],
            tables=[_two_columns("Mesures que le logiciel applique", measures)],
        ),
        Section("Avis", [f"{IMPACT_FIELDS[name][0]} : {_text(assessment, name)}" for name in _OPINIONS]),
        Section("Décision", [_text(assessment, "decision_reason")], tables=[_two_columns("Décision", decision)]),
    ]
    if assessment.missing:
        sections.append(Section("Ce qui manque encore", assessment.missing))
    title = f"Analyse d’impact : {known.label}"
    version = assessment.version
    state = "adoptée" if version and version.is_adopted else "brouillon"
    meta = [("Version", f"{version.number}, {state}, du {local(version.created_at):%d/%m/%Y}")] if version else []
    return Document(title, organisation, meta, sections)


_OPINIONS = ("dpo_opinion", "persons_opinion")


def _text(assessment: Assessment, name: str) -> str:
    return assessment.study.texts.get(name) or UNWRITTEN


def _risk_section(risk: Risk) -> Section:
    rows = [(title, getattr(risk, name) or UNWRITTEN) for name, title in RISK_TEXTS.items()]
    rows += [("Gravité", risk.severity_label or UNWRITTEN), ("Vraisemblance", risk.likelihood_label or UNWRITTEN)]
    return Section(f"Risque : {risk.label}", tables=[_two_columns(risk.label, rows)])


def breach_rows(actor: Actor, params: Any) -> Iterator[tuple[Any, ...]]:
    """One line a breach; the words are left out for the auditor."""
    reads = can(actor, "privacy.read_breach_words")
    for breach in BreachFilters(params).apply(actor).iterator():
        yield (*_facts(breach), *(_words(breach) if reads else [""] * len(_WORDS)))


_WORDS = ("description", "consequences", "measures", "not_notified", "late_reason", "not_informed")


def _words(breach: Breach) -> list[str]:
    return [getattr(breach, name) for name in _WORDS]


def _facts(breach: Breach) -> tuple[Any, ...]:
    return (
        breach.reference,
        BreachKind(breach.kind).label,
        BreachState(breach.state).label,
        breach.found_at,
        breach.began_at,
        clock_of(breach).words,
        ", ".join(str(BreachNature(code).label) for code in breach.natures),
        BreachRisk(breach.risk).label if breach.risk else "",
        ", ".join(str(BreachPersons(code).label) for code in breach.persons),
        breach.persons_count,
        ", ".join(str(BreachData(code).label) for code in breach.data),
        breach.records_count,
        breach.notified_at,
        breach.informed_at,
        breach.closed_at,
    )


def breach_count(actor: Actor, params: Any) -> int:
    """How many breaches pass the filters."""
    return BreachFilters(params).apply(actor).order_by().count()


def processor_rows(actor: Actor, params: Any) -> Iterator[tuple[Any, ...]]:
    """One line a processor."""
    for one in ProcessorFilters(params).apply(actor).iterator():
        transfer = transfer_of(one.country)[1]
        yield (
            *(one.name, one.service, COUNTRIES[one.country], transfer, one.guarantees, one.data),
            *(", ".join(one.processings), one.contract_on, one.ends_on),
        )


def processor_count(actor: Actor, params: Any) -> int:
    """How many processors pass the filters."""
    return ProcessorFilters(params).apply(actor).order_by().count()


BREACHES = Export(
    "Registre des violations",
    "privacy.view_breaches",
    (
        Column("Référence"), Column("Ce qui est arrivé", width=40), Column("État"), Column("Découverte", "datetime"),
        Column("Commencée", "datetime"), Column("Horloge de 72 h", width=32), Column("Nature", width=36),
        Column("Risque", width=36), Column("Personnes", width=30), Column("Nombre de personnes", "number"),
        Column("Données", width=36), Column("Nombre de fiches", "number"), Column("CNIL prévenue", "datetime"),
        Column("Personnes informées", "datetime"), Column("Close", "datetime"), Column("Ce qui s’est passé", width=50),
        Column("Conséquences", width=50), Column("Mesures", width=50), Column("CNIL non prévenue : motif", width=40),
        Column("Motif du retard", width=40), Column("Personnes non informées : motif", width=40),
    ),
    breach_rows,
    breach_count,
)  # fmt: skip
PROCESSORS = Export(
    "Sous-traitants",
    "privacy.view_register",
    (
        Column("Nom", width=32), Column("Service", width=36), Column("Pays", width=20), Column("Transfert", width=28),
        Column("Garanties", width=36), Column("Données confiées", width=36), Column("Traitements", width=36),
        Column("Contrat signé le", "date"), Column("Fin", "date"),
    ),
    processor_rows,
    processor_count,
)  # fmt: skip
