"""A report as a document: one content, then PDF, text or spreadsheet by ``documents``."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from entremise.core.ui.formats import long_date
from entremise.documents.report import Cell
from entremise.documents.services import (
    Bar,
    Bars,
    Document,
    Kind,
    ReportColumn,
    ReportTable,
    Section,
    to_odt,
    to_pdf,
    to_xlsx,
)
from entremise.documents.services import Figure as PrintedFigure
from entremise.statistics.definitions import text_of
from entremise.statistics.enums import Format, Template
from entremise.statistics.report import Breakdown, Figure, Line, Report

TO_COMPLETE = "[à compléter]"
_KNOWN_OF_PUBLIC = {"genre": "Personnes par genre", "qpv": "Interventions en quartier prioritaire"}
RENDERERS: dict[str, tuple[Callable[[Document], bytes], str]] = {
    Format.PDF: (to_pdf, "application/pdf"),
    Format.ODT: (to_odt, "application/vnd.oasis.opendocument.text"),
    Format.XLSX: (to_xlsx, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
}


@dataclass(frozen=True)
class Texts:
    """What people wrote around the figures; never part of a shared link."""

    highlights: str = ""
    situations: str = ""
    outlook: str = ""
    missions: str = ""
    post: str = ""


def to_document(report: Report, texts: Texts | None = None, *, to_complete: bool = False) -> Document:
    """The printable report. With ``to_complete``, parts to write by hand are there, marked so."""
    parts = _Parts(report, texts, to_complete)
    return Document(
        title=report.title,
        subtitle=report.subtitle,
        meta=(*report.meta, ("Établi le", long_date(date.fromisoformat(report.made_on)))),
        sections=tuple(parts.sections()),
    )


def render(document: Document, face: str) -> tuple[bytes, str]:
    """(content, media type) of a face; KeyError for an unknown one."""
    renderer, media_type = RENDERERS[face]
    return renderer(document), media_type


@dataclass(frozen=True)
class _Parts:
    report: Report
    texts: Texts | None
    to_complete: bool

    def sections(self) -> Iterator[Section]:
        template = self.report.template
        if template == Template.BILAN_ADULTE_RELAIS:
            yield from self._post()
        yield Section("Présence et activité", figures=self._figures())
        yield from (self._breakdown(part) for part in self.report.breakdowns)
        yield Section("Conflits", figures=[_figure(self.report.calming), _figure(self.report.tension)])
        yield self._defects()
        yield from self._written()
        if template != Template.NOTE_BAILLEUR:
            yield from self._by_hand(template)
        yield Section("Méthode et limites", paragraphs=self.report.notes)

    def _post(self) -> Iterator[Section]:
        texts = self.texts or Texts()
        if self.texts is not None:
            yield from self._text("Poste, tuteur, formation et parcours professionnel", texts.post)
            yield from self._text("Missions prévues par la convention", texts.missions)
        if self.report.missions:
            yield Section("Missions prévues et réalisées", tables=[self._table("missions", self.report.missions)])

    def _figures(self) -> list[PrintedFigure]:
        return [_figure(figure, self.report.previous_label) for figure in self.report.figures]

    def _breakdown(self, part: Breakdown) -> Section:
        if not part.lines:
            return Section(part.title, paragraphs=[part.note or "Rien dans cette période."])
        bars = Bars(
            caption=self.report.period_label.capitalize(),
            rows=[Bar(line.label, line.value, line.shown, line.previous, line.note) for line in part.lines],
            previous_label=self.report.previous_label if self.report.compared else "",
        )
        return Section(part.title, bars=[bars], tables=[self._table(part.definition, part.lines, part.title)])

    def _table(self, definition: str, lines: Sequence[Line], caption: str = "") -> ReportTable:
        columns = [ReportColumn("Libellé"), ReportColumn(self.report.period_label.capitalize(), Kind.NUMBER)]
        rows: list[list[Cell]] = [[line.label, _cell(line.value, line.shown)] for line in lines]
        if self.report.compared:
            columns.append(ReportColumn(self.report.previous_label.capitalize(), Kind.NUMBER))
            rows = [[*row, _cell(line.previous, line.previous_shown)] for row, line in zip(rows, lines, strict=True)]
        caption = caption or "Missions prévues et réalisées"
        return ReportTable(caption=caption, columns=columns, rows=rows, definition=text_of(definition))

    def _defects(self) -> Section:
        title = "Signalements techniques"
        if not self.report.defects:
            return Section(title, paragraphs=["Aucun signalement dans cette période."])
        titles = ["Signalés", "Résolus", "Délai médian"]
        rows: list[list[Cell]] = [[row.label, row.reported, row.solved, row.delay] for row in self.report.defects]
        if self.report.compared:
            titles.append(f"Signalés, {self.report.previous_label}")
            rows = [[*row, one.previous_reported] for row, one in zip(rows, self.report.defects, strict=True)]
        table = ReportTable(
            caption=title,
            columns=[ReportColumn("Objet"), *(ReportColumn(name, Kind.NUMBER) for name in titles)],
            rows=rows,
            definition=f"{text_of('signalements')} {text_of('delai')}",
        )
        return Section(title, tables=[table])

    def _written(self) -> Iterator[Section]:
        if self.texts is None:
            return
        yield from self._text("Faits marquants", self.texts.highlights)
        yield from self._text("Situations anonymisées", self.texts.situations)
        yield from self._text("Difficultés et perspectives", self.texts.outlook)

    def _by_hand(self, template: str) -> Iterator[Section]:
        """What the software does not know yet: named in the editable text, absent elsewhere."""
        if not self.to_complete:
            return
        yield Section("Partenariats et instances", paragraphs=[TO_COMPLETE])
        if template == Template.BILAN_ADULTE_RELAIS:
            yield Section("Public : habitants du quartier prioritaire ou d’ailleurs", paragraphs=self._public())
            yield Section("Entretiens, certification visée, sortie du salarié", paragraphs=[TO_COMPLETE])
            yield Section("Renouvellement", paragraphs=[TO_COMPLETE])
        else:
            yield Section("Équipe, formations, équivalents temps plein", paragraphs=[TO_COMPLETE])
            yield Section("Utilité sociale", paragraphs=[TO_COMPLETE])

    def _public(self) -> list[str]:
        """Where people live is never noted; by gender and by place, what is known stands above."""
        known = {part.definition for part in self.report.breakdowns if part.lines}
        told = [words for code, words in _KNOWN_OF_PUBLIC.items() if code in known]
        above = f" {' et '.join(told)} : voir plus haut." if told else ""
        return [f"{TO_COMPLETE} Le carnet ne note pas où habitent les personnes.{above}"]

    def _text(self, title: str, text: str) -> Iterator[Section]:
        paragraphs = [part.strip() for part in text.replace("\r\n", "\n").split("\n\n") if part.strip()]
        if paragraphs:
            yield Section(title, paragraphs=paragraphs)
        elif self.to_complete:
            yield Section(title, paragraphs=[TO_COMPLETE])


def _figure(figure: Figure, previous_label: str = "") -> PrintedFigure:
    """The figure, then what must be read with it: its note, the previous period, its definition."""
    past = (
        f"{previous_label.capitalize()} : {figure.previous}." if previous_label and figure.previous else figure.previous
    )
    words = " ".join(part for part in (figure.note, past, text_of(figure.definition)) if part)
    return PrintedFigure(figure.label, figure.value, words)


def _cell(value: int | None, shown: str) -> int | str:
    return shown if value is None else value
