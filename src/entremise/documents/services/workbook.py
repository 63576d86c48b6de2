"""Reports as spreadsheets: one sheet a table, numbers that stay numbers, and the definitions."""

import io

from entremise.documents.report import Document, ReportTable, bars_as_table
from entremise.documents.services.sheets import write_xlsx
from entremise.documents.tables import Column, Sheet

_NARROW, _WIDE = 16, 40


def to_xlsx(document: Document) -> bytes:
    """The report as a spreadsheet: a first sheet of figures, then each table, then "Définitions"."""
    sheets = [_first_sheet(document)]
    for section in document.sections:
        for table in (*map(bars_as_table, section.bars), *section.tables):
            sheets.append(_sheet(table))
    buffer = io.BytesIO()
    write_xlsx(buffer, sheets, definitions=document.definitions(), title=document.title)
    return buffer.getvalue()


def _first_sheet(document: Document) -> Sheet:
    rows = [("", document.title, ""), ("", document.subtitle, "")]
    rows += [("", label, value) for label, value in document.meta]
    rows += [(part.title, item.label, item.value) for part in document.sections for item in part.figures]
    return Sheet("Bilan", [Column("Partie", width=_WIDE), Column("Libellé", width=_WIDE), Column("Valeur")], rows)


def _sheet(table: ReportTable) -> Sheet:
    columns = [
        Column(column.title, column.kind, _WIDE if index == 0 else _NARROW)
        for index, column in enumerate(table.columns)
    ]
    notes = [(words, *[""] * (len(columns) - 1)) for words in table.notes] if columns else []
    return Sheet(table.caption, columns, [*table.rows, *notes])
