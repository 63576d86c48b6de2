"""Files, for every module: read a table, write a spreadsheet, render a report, export a list."""

from entremise.documents.registry import Bundle, Export, Params, set_actor_source
from entremise.documents.registry import register as register_export
from entremise.documents.report import (
    Bar,
    Bars,
    Document,
    Figure,
    ReportColumn,
    ReportTable,
    Section,
)
from entremise.documents.services.bundles import (
    erase_files_about,
    erase_prepared_files,
    files_about,
    request_bundle,
)
from entremise.documents.services.downloads import Download, download_file, erase_file, retry_file
from entremise.documents.services.fonts import can_draw, ethiopic_font
from entremise.documents.services.lists import ExportResult, export_list
from entremise.documents.services.odt import to_odt
from entremise.documents.services.pdf import InaccessibleDocument, check_pdf, render_pdf, to_pdf
from entremise.documents.services.pictures import Picture, clean_picture
from entremise.documents.services.preparation import forget_prepared, restart_stalled, tidy
from entremise.documents.services.reading import read_table
from entremise.documents.services.sheets import write_xlsx
from entremise.documents.services.workbook import to_xlsx
from entremise.documents.tables import Column, Kind, Row, Sheet, Table

__all__ = [
    "Bar",
    "Bars",
    "Bundle",
    "Column",
    "Document",
    "Download",
    "Export",
    "ExportResult",
    "Figure",
    "InaccessibleDocument",
    "Kind",
    "Params",
    "Picture",
    "ReportColumn",
    "ReportTable",
    "Row",
    "Section",
    "Sheet",
    "Table",
    "can_draw",
    "check_pdf",
    "clean_picture",
    "download_file",
    "erase_file",
    "erase_files_about",
    "erase_prepared_files",
    "ethiopic_font",
    "export_list",
    "files_about",
    "forget_prepared",
    "read_table",
    "register_export",
    "render_pdf",
    "request_bundle",
    "restart_stalled",
    "retry_file",
    "set_actor_source",
    "tidy",
    "to_odt",
    "to_pdf",
    "to_xlsx",
    "write_xlsx",
]
