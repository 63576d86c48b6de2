"""Reading a table that somebody sends: the content decides what it is, and nothing in it is executed or followed."""

import datetime as dt
import io
import re
from typing import IO, Any

import python_calamine

from entremise.documents.services import refusals
from entremise.documents.services.archives import open_workbook
from entremise.documents.services.delimited import read_delimited
from entremise.documents.services.refusals import column_name, refuse
from entremise.documents.services.texts import xml_text
from entremise.documents.tables import Row, Table

MAX_CELL = 20_000  # characters
_ZIP = (b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")
_COMPOUND = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_OTHER = (b"%PDF", b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"Rar!", b"7z\xbc\xaf", b"\x1f\x8b", b"{\\rtf", b"\x7fELF")
_NUMBER = re.compile(r"[+-]?\d+([.,]\d+)?$|\d{4}-\d\d-\d\d")


def read_table(file: IO[bytes], *, max_rows: int = 5000, max_bytes: int = 5_000_000) -> Table:
    """The first visible sheet of an xlsx, ods or csv file (a Django ``UploadedFile`` or any binary file).

    Formulas give their last value. Dates become ISO text, 2.0 becomes "2", true becomes "oui". Lines that are
    entirely empty are skipped, the numbers of the others stay those of the spreadsheet. Raises
    ``InvalidInput({"file": [reason in French]})``; nothing is ever read past ``max_bytes`` nor ``max_rows``.
    """
    content = _content(file, max_bytes)
    if content.startswith(_ZIP):
        lines = _read_workbook(content, max_rows)
    elif content.startswith(_COMPOUND):
        locked = "EncryptedPackage".encode("utf-16-le") in content
        refuse(refusals.PASSWORD if locked else refusals.OLD_EXCEL)
    elif content.startswith(_OTHER):
        refuse(refusals.WRONG_TYPE)
    else:
        lines = read_delimited(content, max_rows=max_rows)
    return _table([[clean_cell(cell) for cell in line] for line in lines])


def _content(file: IO[bytes], max_bytes: int) -> bytes:
    size = getattr(file, "size", None)
    if size is not None and size > max_bytes:
        refusals.too_heavy(size, max_bytes)
    file.seek(0)
    content = file.read(max_bytes + 1)
    if len(content) > max_bytes:
        refusals.too_heavy(len(content), max_bytes)
    if not content.strip():
        refuse(refusals.EMPTY_FILE)
    return content


def _read_workbook(content: bytes, max_rows: int) -> list[list[Any]]:
    workbook = open_workbook(content, max_rows=max_rows)
    try:
        book = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(workbook.content))
        visible = python_calamine.SheetVisibleEnum.Visible
        names = [sheet.name for sheet in book.sheets_metadata if sheet.visible == visible]
        if not names:
            refuse(refusals.NO_SHEET)
        return book.get_sheet_by_name(names[0]).to_python(skip_empty_area=False)
    except python_calamine.PasswordError:
        refuse(refusals.PASSWORD)
    except python_calamine.CalamineError:
        refuse(refusals.BROKEN)


def clean_cell(value: Any) -> str:
    """Clean text of a cell: no control character, no blank around, dates in ISO form, whole numbers without ``.0``."""
    if isinstance(value, str):
        return xml_text(value).strip()
    if value is None:
        return ""
    if isinstance(value, bool):
        return "oui" if value else "non"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < 1e15 else f"{value:.15g}"
    return _moment(value)


def _moment(value: Any) -> str:
    if isinstance(value, dt.datetime):
        midnight = value.time() == dt.time.min
        return value.date().isoformat() if midnight else value.isoformat(timespec="minutes")
    if isinstance(value, dt.time):
        return value.isoformat(timespec="seconds" if value.second else "minutes")
    if isinstance(value, dt.timedelta):
        minutes = round(value.total_seconds() / 60)
        return f"{minutes // 60:02d}:{minutes % 60:02d}"
    return str(value)


def _table(lines: list[list[str]]) -> Table:
    start = next((index for index, line in enumerate(lines) if any(line)), None)
    if start is None:
        refuse(refusals.EMPTY_FILE)
    header = [" ".join(title.split()) for title in lines[start]]
    _check_header(header)
    rows = [Row(number, line) for number, line in enumerate(lines[start + 1 :], start=start + 2) if any(line)]
    if not rows:
        refuse(refusals.NO_ROW)
    _check_lengths(rows)
    kept = _titled_columns(header, rows)
    return Table(
        [header[index] for index in kept],
        [Row(row.number, [row.cells[i] if i < len(row.cells) else "" for i in kept]) for row in rows],
    )


def _check_header(header: list[str]) -> None:
    titles = [title for title in header if title]
    if all(_NUMBER.match(title) for title in titles):
        refuse(refusals.NO_HEADER)
    seen: dict[str, int] = {}
    for index, title in enumerate(header):
        first = seen.setdefault(title.casefold(), index)
        if title and first != index:
            refuse(
                f"Les colonnes {column_name(first)} et {column_name(index)} portent le même titre "
                f"« {title[:60]} ». Renommez l’une des deux."
            )


def _check_lengths(rows: list[Row]) -> None:
    for row in rows:
        for index, cell in enumerate(row.cells):
            if len(cell) > MAX_CELL:
                refuse(f"La cellule {column_name(index)}{row.number} est trop longue pour être lue.")


def _titled_columns(header: list[str], rows: list[Row]) -> list[int]:
    """The columns to keep; one without a title is dropped if it is empty, refused if it is not."""
    for row in rows:
        for index, cell in enumerate(row.cells):
            if cell and (index >= len(header) or not header[index]):
                refuse(
                    f"La cellule {column_name(index)}{row.number} est remplie mais sa colonne n’a pas de titre. "
                    "Donnez-lui un titre ou videz-la."
                )
    return [index for index, title in enumerate(header) if title]
