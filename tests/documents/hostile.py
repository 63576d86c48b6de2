"""Spreadsheets made on purpose: good ones, and those that would harm."""

import io
import zipfile

import xlsxwriter
from django.core.files.uploadedfile import SimpleUploadedFile

_TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/>'
    '<Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument'
    '.spreadsheetml.sheet.main+xml"/></Types>'
)
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_REL = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_RELS = (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    f'<Relationship Id="rId1" Type="{_REL}/worksheet" Target="{{target}}"/></Relationships>'
)
_ROOT = (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    f'<Relationship Id="rId1" Type="{_REL}/officeDocument" Target="xl/workbook.xml"/></Relationships>'
)
_ODS = "application/vnd.oasis.opendocument.spreadsheet"
_NS = 'xmlns:{0}="urn:oasis:names:tc:opendocument:xmlns:{0}:1.0"'
HEADER = "<row><c t='inlineStr'><is><t>Nom</t></is></c></row>"


def upload(content: bytes, name: str = "sites.xlsx") -> SimpleUploadedFile:
    """What a form receives."""
    return SimpleUploadedFile(name, content)


def packed(parts: dict[str, str | bytes]) -> bytes:
    """A zip archive of these parts."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, part in parts.items():
            archive.writestr(name, part)
    return buffer.getvalue()


def raw_xlsx(rows: str, *, target: str = "worksheets/sheet1.xml", prologue: str = "", **parts: str | bytes) -> bytes:
    """An xlsx written by hand around the content of ``sheetData``."""
    sheet = f'{prologue}<worksheet xmlns="{_MAIN}"><sheetData>{rows}</sheetData></worksheet>'
    book = (
        f'<workbook xmlns="{_MAIN}" xmlns:r="{_REL}"><sheets>'
        '<sheet name="Sites" sheetId="1" r:id="rId1"/></sheets></workbook>'
    )
    return packed(
        {
            "[Content_Types].xml": _TYPES,
            "_rels/.rels": _ROOT,
            "xl/workbook.xml": book,
            "xl/_rels/workbook.xml.rels": _RELS.format(target=target),
            f"xl/{target}": sheet,
            **parts,
        }
    )


def xlsx(rows: list[list], **options) -> bytes:
    """An xlsx as a spreadsheet program writes it."""
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, {"in_memory": True}) as book:
        sheet = book.add_worksheet("Sites")
        for index, row in enumerate(rows):
            sheet.write_row(index, 0, row)
        for hidden in options.get("hidden_first", []):
            sheet.hide()
            other = book.add_worksheet(hidden)
            other.write_row(0, 0, ["Autre"])
            other.write_row(1, 0, ["valeur"])
            other.activate()
    return buffer.getvalue()


def ods(rows: str, *, manifest: str = "<manifest/>", prologue: str = "", **parts: str | bytes) -> bytes:
    """An ods written by hand around the content of its table."""
    spaces = " ".join(_NS.format(prefix) for prefix in ("office", "table", "text"))
    content = (
        f"{prologue}<office:document-content {spaces}><office:body><office:spreadsheet>"
        f'<table:table table:name="Sites">{rows}</table:table>'
        "</office:spreadsheet></office:body></office:document-content>"
    )
    return packed({"mimetype": _ODS, "META-INF/manifest.xml": manifest, "content.xml": content, **parts})


def ods_row(*cells: str, repeated: int = 1) -> str:
    """A row of text cells."""
    inner = "".join(
        f'<table:table-cell office:value-type="string"><text:p>{cell}</text:p></table:table-cell>' for cell in cells
    )
    return f'<table:table-row table:number-rows-repeated="{repeated}">{inner}</table:table-row>'
