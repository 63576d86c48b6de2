"""The minutes on paper: what was signed, word for word, then the signatures, the seal, the addenda."""

from entremise.certification.enums import Attendance, Modality, Outcome, TieBreak
from entremise.certification.models import Minutes
from entremise.certification.services.minutes import read_content
from entremise.competences.enums import SeatKind
from entremise.core.ui.formats import long_date, short_date
from entremise.documents.services import Document, ReportColumn, ReportTable, Section


def minutes_document(minutes: Minutes) -> Document:
    """A report of the minutes; its figures are those of the sealed text."""
    told = read_content(minutes)
    held = told["held"]
    meta = [
        ("Certification", f"{told['record']['code']}, {told['record']['title']}"),
        ("Session", f"du {_day(held['from'])} au {_day(held['to'])}, {held['place']}"),
        ("Modalité", Modality(told["modality"]).label),
        ("Dressé le", _day(told["drawn_on"])),
        ("État", f"scellé le {long_date(minutes.sealed_at)}" if minutes.sealed_at else "à signer"),
    ]
    sections = [
        Section("Composition du jury", [_rules(told["rules"])], tables=[_jury(minutes, told["jury"])]),
        Section("Résultats", _titles(told["results"]), tables=[_results(told["results"])]),
        *_reasons(told["results"]),
        *_addenda(minutes),
        Section("Empreinte", [f"Texte : {minutes.digest}", f"Sceau : {minutes.seal or 'pas encore posé'}"]),
    ]
    title = f"Procès-verbal de jury {minutes.number}"
    return Document(title=title, subtitle=told["certifier"], meta=meta, sections=sections)


def _day(iso: str) -> str:
    return "/".join(reversed(iso.split("-")))


def _rules(rules: dict) -> str:
    return f"Quorum : {rules['quorum']} membres. En cas de partage : {TieBreak(rules['tie_break']).label.lower()}."


def _jury(minutes: Minutes, seats: list[dict]) -> ReportTable:
    signed = {str(one.seat_id): one.signed_at for one in minutes.signatures.all()}
    rows = []
    for one in seats:
        quality = SeatKind(one["kind"]).label + (", préside" if one["presides"] else "")
        said = f"signé le {short_date(signed[one['seat']])}" if one["seat"] in signed else "à signer"
        rows.append([one["name"], quality, one["function"], said if one["present"] else "absent"])
    columns = [ReportColumn(title) for title in ("Membre", "Qualité", "Fonction", "Signature")]
    return ReportTable("Membres du jury", columns, rows)


def _titles(results: list[dict]) -> list[str]:
    """The blocks of the session by their titles, once each, so that the table stays narrow."""
    return [
        f"{code} : {title}." for code, title in sorted({one["block"]: one["block_title"] for one in results}.items())
    ]


def _results(results: list[dict]) -> ReportTable:
    rows = []
    for one in results:
        said = Outcome(one["outcome"]).label if one["outcome"] else Attendance(one["attendance"]).label
        rows.append([f"{one['name']} ({one['candidate']})", one["route"], one["block"], said])
    columns = [ReportColumn(title) for title in ("Candidat", "Voie", "Bloc", "Résultat")]
    return ReportTable("Résultats par bloc", columns, rows)


def _reasons(results: list[dict]) -> list[Section]:
    told = [one for one in results if one.get("reason") or one.get("advice")]
    lines = [f"{one['candidate']}, {one['block']}. {one['reason']} {one['advice']}".strip() for one in told]
    return [Section("Motifs et conseils", lines)] if lines else []


def _addenda(minutes: Minutes) -> list[Section]:
    return [
        Section(f"Additif {one.rank}, {long_date(one.signed_at)}", [one.text, f"Empreinte : {one.digest}"])
        for one in minutes.addenda.all()
    ]
