"""Files, for every module: read a table, write a spreadsheet, render a report, export a list."""

from entremise.documents.services.reading import read_table
from entremise.documents.services.sheets import write_xlsx
from entremise.documents.tables import Column, Kind, Row, Sheet, Table

__all__ = ["Column", "Kind", "Row", "Sheet", "Table", "read_table", "write_xlsx"]
