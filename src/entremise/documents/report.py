"""One report, four faces: the same ``Document`` becomes a screen, a PDF, an ODT and a spreadsheet.

Nothing here knows what is reported. Values arrive as the words to print (``"118 h 20"``, ``"< 5"``): a figure
that must be hidden is hidden before it comes here, so that no face can show it.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

from entremise.documents.tables import Kind


@dataclass(frozen=True)
class Figure:
    """One number that stands alone, with what it counts said under it."""

    label: str
    value: str
    definition: str = ""


@dataclass(frozen=True)
class ReportColumn:
    """A column of a table. ``number`` aligns to the end and, in the spreadsheet, keeps numbers as numbers."""

    title: str
    kind: Kind | str = Kind.TEXT

    @property
    def is_number(self) -> bool:
        """True when the cells align to the end."""
        return self.kind in (Kind.NUMBER, Kind.DURATION)


Cell = str | int | float | None


@dataclass(frozen=True)
class ReportTable:
    """A table with its caption. The first column titles its rows; ``None`` prints as an empty cell.

    A numeric cell (int, float) is written as the reader's language does and stays a number in the
    spreadsheet; a string (``"< 5"``, ``"masqué"``) is printed as it is, everywhere. ``to_sign`` leaves each row of
    the PDF the height of a signature.
    """

    caption: str
    columns: Sequence[ReportColumn]
    rows: Sequence[Sequence[Cell]]
    notes: Sequence[str] = ()
    definition: str = ""
    to_sign: bool = False


@dataclass(frozen=True)
class Bar:
    """One bar: ``value`` None when it is hidden, ``shown`` the words beside it, ``previous`` the thin line."""

    label: str
    value: float | None
    shown: str = ""
    previous: float | None = None
    note: str = ""


@dataclass(frozen=True)
class Bars:
    """Horizontal bars. Their numbers must also stand in a table of the section: the drawing has that alternative."""

    caption: str
    rows: Sequence[Bar]
    previous_label: str = ""
    definition: str = ""


@dataclass(frozen=True)
class Section:
    """A titled part; its contents are printed in this order."""

    title: str
    paragraphs: Sequence[str] = ()
    figures: Sequence[Figure] = ()
    bars: Sequence[Bars] = ()
    tables: Sequence[ReportTable] = ()


@dataclass(frozen=True)
class Document:
    """A report. ``meta`` are pairs (label, value) printed under the title: period, funder, version, author."""

    title: str
    subtitle: str = ""
    meta: Sequence[tuple[str, str]] = ()
    sections: Sequence[Section] = field(default_factory=tuple)
    language: str = "fr"

    def definitions(self) -> list[tuple[str, str]]:
        """Every (term, definition) of the report, in order, each once."""
        found: dict[str, str] = {}
        for section in self.sections:
            for figure in section.figures:
                found.setdefault(figure.label, figure.definition)
            for bars in section.bars:
                found.setdefault(bars.caption, bars.definition)
            for table in section.tables:
                found.setdefault(table.caption, table.definition)
        return [(term, words) for term, words in found.items() if words]


def written_number(value: Cell) -> str:
    """A cell as French writes it: ``1234.5`` → ``1 234,5`` (no-break space); text stays as it is, None is empty."""
    if value is None:
        return ""
    if isinstance(value, str):
        return value
    text = f"{value:,}" if isinstance(value, int) else f"{value:,.2f}".rstrip("0").rstrip(".")
    return text.replace(",", "\u00a0").replace(".", ",")


def bars_as_table(bars: Bars) -> ReportTable:
    """The same numbers in rows, for faces that do not draw."""
    compared = any(row.previous is not None for row in bars.rows)
    noted = any(row.note for row in bars.rows)
    columns = [ReportColumn("Libellé"), ReportColumn("Nombre", Kind.NUMBER)]
    columns += [ReportColumn(bars.previous_label or "Période précédente", Kind.NUMBER)] * compared
    columns += [ReportColumn("Remarque")] * noted
    rows: list[list[Cell]] = []
    for row in bars.rows:
        cells: list[Cell] = [row.label, row.shown or row.value]
        cells += [row.previous] * compared
        cells += [row.note] * noted
        rows.append(cells)
    return ReportTable(bars.caption, columns, rows, definition=bars.definition)
