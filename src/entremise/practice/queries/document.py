"""What a frozen portfolio says, laid out once for the screen, the page and the PDF."""

import datetime as dt
from collections.abc import Sequence
from typing import Any

from entremise.competences.queries import CompetenceLine, competence_lines
from entremise.core.canonical import canonical, digest_of
from entremise.core.ui.formats import short_date
from entremise.documents.services import Document, ReportColumn, ReportTable, Section
from entremise.practice.enums import AiUse, EvidenceKind, ExperienceField, LedgerKind, Nature

NBSP = "\N{NO-BREAK SPACE}"
Told = dict[str, Any]


def document(told: Told, *, state: str) -> Document:
    """The portfolio as a report: what it says, piece by piece, then both ledgers."""
    lines = competence_lines({one for piece in told["evidence"] for one in piece["competences"]})
    names = {line.reference: line for line in lines}
    return Document(
        title=f"Portfolio de {told['author']}",
        subtitle=f"{told['record']} · {state}",
        meta=(("Empreinte", digest_of(canonical(told))),),
        sections=(
            *(_evidence(piece, names) for piece in told["evidence"]),
            *(_ledger(kind, told) for kind in LedgerKind),
            Section(title="Déclarations", paragraphs=_statements(told)),
        ),
    )


def _evidence(piece: Told, names: dict[str, CompetenceLine]) -> Section:
    facts = [("Quand", piece["period"])] if piece["period"] else []
    facts += [tuple(fact) for fact in piece["facts"]]
    document = piece["document"]
    if document:
        facts.append(("Établi par", document["issuer"]))
        if document["digest"]:
            how = "Fichier joint" if document.get("filed") else "Original, à présenter"
            facts.append((how, f"{document['name']}, empreinte {document['digest']}"))
    spoken = [f"{names[one].code}, {names[one].text}" for one in piece["competences"] if one in names]
    kind = str(EvidenceKind(piece["kind"]).label)
    paragraphs = [f"{kind}. " + " ; ".join(f"{label}{NBSP}: {value}" for label, value in facts), piece["text"]]
    paragraphs += [f"Compétence {one}" for one in spoken]
    return Section(
        title=f"Preuve {piece['rank']}. {piece['title']}",
        paragraphs=[*paragraphs, *_attested(piece["attestations"])],
    )


def _ledger(kind: LedgerKind, told: Told) -> Section:
    totals, is_stay = told["totals"], kind == LedgerKind.INTERNSHIP
    counted = (
        f"{totals['hours']} h déclarées, dont {totals['hours_attested']} h attestées."
        if is_stay
        else f"{totals['months']} mois déclarés, dont {totals['months_attested']} mois attestés."
    )
    rows = [_row(one, is_stay) for one in told["ledgers"][kind]]
    columns = [
        ReportColumn(title) for title in ("Structure", "Dates", "Heures" if is_stay else "Nature", "Attesté par")
    ]
    table = (ReportTable(f"Registre : {kind.label.lower()}", columns, rows),) if rows else ()
    words = [text for one in told["ledgers"][kind] for text in _attested(one["attestations"])]
    return Section(title=f"Registre : {kind.label.lower()}", paragraphs=(counted, *words), tables=table)


def _row(one: Told, is_stay: bool) -> list[str]:
    fields = ", ".join(str(ExperienceField(code).label).lower() for code in one["fields"])
    nature = str(one["hours"]) if is_stay else f"{Nature(one['nature']).label}, {fields}"
    end = one["ends_on"] or "en cours"
    by = ", ".join(given["name"] for given in one["attestations"]) or "personne encore"
    return [one["place"], f"{_day(one['starts_on'])} – {_day(end)}", nature, by]


def _day(iso: str) -> str:
    return short_date(dt.date.fromisoformat(iso)) if iso[:1].isdigit() else iso


def _attested(given: Sequence[Told]) -> list[str]:
    """Their words, said to be theirs."""
    return [
        f"Attesté le {_day(one['signed_on'])} par {one['name']}, {one['function']}, {one['structure']}"
        + (f"{NBSP}: « {one['words']} »" if one["words"] else ".")
        for one in given
    ]


def _statements(told: Told) -> list[str]:
    use = told["ai"]
    said = f"{AiUse(use['use']).label}. {use['words']}" if use else "pas encore faite."
    found = [f"Usage de l’IA{NBSP}: {said}"]
    return found + [f"Réutilisation des actes. {text}" for text in _attested(told["reuse"])]
