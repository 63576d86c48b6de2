"""Files, for every module: read a table, write a spreadsheet, render a report, export a list."""

from entremise.documents.report import (
    Bar,
    Bars,
    Document,
    Figure,
    ReportColumn,
    ReportTable,
    Section,
)
from entremise.documents.services.odt import to_odt
from entremise.documents.services.pdf import InaccessibleDocument, check_pdf, render_pdf, to_pdf
from entremise.documents.services.reading import read_table
from entremise.documents.services.sheets import write_xlsx
from entremise.documents.services.workbook import to_xlsx
from entremise.documents.tables import Column, Kind, Row, Sheet, Table

__all__ = [
    "Bar",
    "Bars",
    "Column",
    "Document",
    "Figure",
    "InaccessibleDocument",
    "Kind",
    "ReportColumn",
    "ReportTable",
    "Row",
    "Section",
    "Sheet",
    "Table",
    "check_pdf",
    "read_table",
    "render_pdf",
    "to_odt",
    "to_pdf",
    "to_xlsx",
    "write_xlsx",
]
