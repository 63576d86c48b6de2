"""Writing spreadsheets: cells are values, never formulas nor links, whatever they begin with."""

import datetime as dt
import math
import re
from collections.abc import Callable, Iterable, Sequence
from decimal import Decimal
from pathlib import Path
from typing import IO, Any

import xlsxwriter

from entremise.core.time import local
from entremise.documents.services.texts import xml_text
from entremise.documents.tables import Column, Kind, Sheet

CELL_LIMIT = 32_767  # characters in one cell, a limit of the format
TITLE_LIMIT = 31
ROW_LIMIT = 1_048_575  # lines under the header of one sheet; a longer list goes on in the next sheet
_HEADING = {"bold": True, "text_wrap": True, "valign": "top", "bottom": 1, "bg_color": "#DFEDEB"}
_FORBIDDEN_IN_TITLE = re.compile(r"[\[\]:*?/\\]")
_FORMATS = {Kind.DATE: "dd/mm/yyyy", Kind.DATETIME: "dd/mm/yyyy hh:mm", Kind.DURATION: "[h]:mm"}
_FIRST_DAY = dt.datetime(1900, 1, 1)  # noqa: DTZ001 - the format has no time zone; earlier dates do not exist in it

Progress = Callable[[int], None]


def write_xlsx(
    target: str | Path | IO[bytes],
    sheets: Sequence[Sheet],
    *,
    definitions: Iterable[tuple[str, str]] = (),
    title: str = "",
    folder: Path | None = None,
    progress: Progress | None = None,
) -> None:
    """Write sheets to a path or a binary buffer; ``definitions`` (term, words) fill a last sheet "Définitions".

    With ``folder`` the rows pass through temporary files there, in constant memory whatever their number:
    the caller owns the folder and removes it. Without it nothing touches the disk: for a few thousand rows.
    ``progress`` is called with the number of rows written so far, after each row.
    """
    where: dict[str, Any] = {"constant_memory": True, "tmpdir": str(folder)} if folder else {"in_memory": True}
    never = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    book = xlsxwriter.Workbook(target, {**where, **never})
    book.set_properties({"title": clean_text(title or sheets[0].title), "comments": ""})
    terms = [(term, words) for term, words in definitions]
    if terms:
        columns = [Column("Terme", width=36), Column("Définition", width=90)]
        sheets = [*sheets, Sheet("Définitions", columns, terms)]
    try:
        writer = _Writer(book, progress)
        for sheet in sheets:
            writer.write(sheet)
    except BaseException:
        for page in book.worksheets():  # the library closes its temporary files in close() alone
            if page.row_data_fh is not None:
                page.row_data_fh.close()
        raise
    book.close()


def clean_text(value: object) -> str:
    """The text without what no cell may hold: control characters, lone surrogates, more than 32,767 signs."""
    text = xml_text(str(value))
    cut = _cut(text, CELL_LIMIT)
    return text if cut == text else _cut(text, CELL_LIMIT - 1) + "…"


def _cut(text: str, limit: int) -> str:
    """The beginning of the text; the format counts a sign outside the basic plane (an emoji) for two."""
    if len(text) * 2 <= limit:
        return text
    return text.encode("utf-16-le")[: limit * 2].decode("utf-16-le", errors="ignore")


def sheet_title(wanted: str, taken: Sequence[str] = ()) -> str:
    """A title the format accepts: 31 signs, none of ``[]:*?/\\``, used once whatever the case."""
    base = _FORBIDDEN_IN_TITLE.sub(" ", clean_text(wanted).replace("\n", " ")).strip().strip("'").strip()
    base = _cut(base, TITLE_LIMIT).strip() or "Feuille"
    known = {title.casefold() for title in taken} | {"history"}  # a name the format keeps for itself
    title, rank = base, 2
    while title.casefold() in known:
        suffix = f" ({rank})"
        title, rank = _cut(base, TITLE_LIMIT - len(suffix)).strip() + suffix, rank + 1
    return title


class _Writer:
    """Writes the sheets of one workbook, in order."""

    def __init__(self, book: Any, progress: Progress | None) -> None:
        self.book = book
        self.progress = progress
        self.titles: list[str] = []
        self.written = 0
        self.heading = book.add_format(_HEADING)
        self.body = {kind: book.add_format({"valign": "top", "num_format": shape}) for kind, shape in _FORMATS.items()}
        self.body[Kind.TEXT] = book.add_format({"valign": "top", "text_wrap": True})
        self.body[Kind.NUMBER] = book.add_format({"valign": "top"})

    def write(self, sheet: Sheet) -> None:
        """One sheet, or several of the same header when the rows outgrow the format."""
        rows = iter(sheet.rows)
        ahead = next(rows, None)
        while True:
            page = self._page(sheet)
            row = 0
            while ahead is not None and row < ROW_LIMIT:
                row += 1
                for index, (column, value) in enumerate(zip(sheet.columns, ahead, strict=True)):
                    _write_cell(page, row, index, Kind(column.kind), value, self.body)
                self.written += 1
                if self.progress is not None:
                    self.progress(self.written)
                ahead = next(rows, None)
            if sheet.columns:
                page.autofilter(0, 0, max(row, 1), len(sheet.columns) - 1)
            if ahead is None:
                return

    def _page(self, sheet: Sheet) -> Any:
        self.titles.append(sheet_title(sheet.title, self.titles))
        page = self.book.add_worksheet(self.titles[-1])
        page.freeze_panes(1, 0)
        page.repeat_rows(0)
        page.set_landscape()
        page.set_paper(9)  # A4
        page.fit_to_pages(1, 0)
        for index, column in enumerate(sheet.columns):
            page.set_column(index, index, column.width)
            page.write_string(0, index, clean_text(column.title), self.heading)
        return page


def _write_cell(page: Any, row: int, column: int, kind: Kind, value: Any, formats: dict[Kind, Any]) -> None:
    if value is None or value == "":
        return
    number = _as_number(kind, value)
    if number is not None:
        page.write_number(row, column, number, formats[kind])
        return
    moment = _as_moment(kind, value)
    if moment is not None:
        page.write_datetime(row, column, moment, formats[kind])
        return
    page.write_string(row, column, clean_text(value), formats[Kind.TEXT])


def _as_number(kind: Kind, value: Any) -> float | None:
    if kind is Kind.DURATION:
        minutes = value.total_seconds() / 60 if isinstance(value, dt.timedelta) else value
        value = minutes / 1440 if isinstance(minutes, int | float) else None
    elif kind is not Kind.NUMBER:
        return None
    if isinstance(value, bool) or not isinstance(value, int | float | Decimal):
        return None
    return float(value) if math.isfinite(value) else None


def _as_moment(kind: Kind, value: Any) -> dt.datetime | dt.date | None:
    if kind not in (Kind.DATE, Kind.DATETIME):
        return None
    if isinstance(value, dt.datetime):
        moment = local(value).replace(tzinfo=None) if value.tzinfo else value
        return moment if moment >= _FIRST_DAY else None
    if isinstance(value, dt.date):
        return value if value >= _FIRST_DAY.date() else None
    return None
