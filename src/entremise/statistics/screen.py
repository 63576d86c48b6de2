"""A report as the page draws it: the same words, with the addresses of the rows behind them."""

from dataclasses import dataclass
from typing import Any

from entremise.core.actor import Actor
from entremise.statistics.definitions import text_of
from entremise.statistics.filters import Asked
from entremise.statistics.report import Breakdown, Figure, Line, Report
from entremise.statistics.rows import Rows


@dataclass(frozen=True)
class ShownFigure:
    """A figure with its definition and the rows behind it."""

    code: str
    label: str
    value: str
    previous: str
    note: str
    definition: str
    url: str


@dataclass(frozen=True)
class ShownBreakdown:
    """A breakdown with rows for ``{% bars %}``."""

    code: str
    title: str
    rows: list[dict[str, Any]]
    note: str
    definition: str


@dataclass(frozen=True)
class Screen:
    """Everything the page and the shared page print."""

    report: Report
    figures: list[ShownFigure]
    calming: ShownFigure
    tension: ShownFigure
    breakdowns: list[ShownBreakdown]
    missions: list[dict[str, Any]]
    missions_definition: str
    defects: list[dict[str, Any]]
    defects_definition: str
    opens_rows: bool = False

    @property
    def has_past_defects(self) -> bool:
        """True when the previous period had technical defects to compare with."""
        return any(row.previous_reported for row in self.report.defects)

    @property
    def compared_label(self) -> str:
        """The other period for charts; empty when nothing had been recorded yet, so that no column of zeros shows."""
        return self.report.previous_label if self.report.compared else ""


def screen_of(report: Report, actor: Actor | None = None, asked: Asked | None = None) -> Screen:
    """The report to draw; without a reader (a shared link), nothing opens."""
    rows = Rows(actor, asked) if actor and asked else None
    return Screen(
        report=report,
        figures=[_figure(figure, rows) for figure in report.figures],
        calming=_figure(report.calming, rows),
        tension=_figure(report.tension, rows),
        breakdowns=[_breakdown(part, report, rows) for part in report.breakdowns],
        missions=[_line("missions", line, rows) for line in report.missions],
        missions_definition=text_of("missions"),
        defects=[{"row": row, "url": rows.of_defects(row.code) if rows else ""} for row in report.defects],
        defects_definition=f"{text_of('signalements')} {text_of('delai')}",
        opens_rows=bool(rows),
    )


def _figure(figure: Figure, rows: Rows | None) -> ShownFigure:
    return ShownFigure(
        code=figure.definition,
        label=figure.label,
        value=figure.value,
        previous=figure.previous,
        note=figure.note,
        definition=text_of(figure.definition),
        url=rows.of_figure(figure.definition) if rows else "",
    )


def _breakdown(part: Breakdown, report: Report, rows: Rows | None) -> ShownBreakdown:
    title = part.title
    acts = next((figure.value for figure in report.figures if figure.definition == "interventions"), "")
    if title.startswith("Interventions ") and part is report.breakdowns[0] and acts:
        noun = "intervention" if acts == "0" else "interventions"
        title = f"{acts} {noun}, {title.removeprefix('Interventions ')}"
    lines = [_line(part.definition, line, rows) for line in part.lines]
    return ShownBreakdown(part.definition, title, lines, part.note, text_of(part.definition))


def _line(definition: str, line: Line, rows: Rows | None) -> dict[str, Any]:
    return {
        "label": line.label,
        "value": line.value if line.value is not None else line.shown,
        "display": line.shown,
        "previous": line.previous,
        "previous_display": line.previous_shown,
        "note": line.note,
        "url": rows.of_line(definition, line.code) if rows else "",
    }
