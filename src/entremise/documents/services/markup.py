"""Reading the markup of a workbook once, before its parser does, to refuse what would harm.

Expat is told to stop at the first document type declaration, so no entity is ever defined, hence none expanded. The
same pass measures how much the parser would allocate: in a few bytes a file can put a cell in the last row and column
of a sheet, repeat one a billion times, or point a million cells at one long string.
"""

import re
from collections import Counter
from typing import Any, NoReturn
from xml.parsers import expat

from entremise.documents.services import refusals
from entremise.documents.services.refusals import refuse

MAX_COLUMNS = 200
MAX_CELLS = 400_000
MAX_TEXT = 40_000_000  # characters, all cells together once repeated
_TOO_MANY_CELLS = "Ce fichier a trop de cellules pour être lu en une fois. Partagez-le en plusieurs fichiers."
_REFERENCE = re.compile(r"([A-Z]{1,3})([0-9]{1,7})$")


class Meter:
    """Measures the parts of one workbook: the widest rectangle of filled cells, and the text they hold."""

    def __init__(self, max_rows: int) -> None:
        self.max_rows = max_rows
        self.text = 0

    def check(self, part: bytes, *, truncated: bool = False) -> None:
        """Refuse declarations, broken markup and excess, with the reason (InvalidInput).

        A ``truncated`` part is measured as far as it goes.
        """
        if b"\x00" in part:  # UTF-16 and UTF-32: no spreadsheet writes its parts so, and readers differ on them
            refuse(refusals.BROKEN)
        parser = expat.ParserCreate()
        parser.buffer_text = True
        parser.StartDoctypeDeclHandler = _refuse_declaration
        parser.EntityDeclHandler = _refuse_declaration
        parser.ExternalEntityRefHandler = _refuse_declaration
        parser.StartElementHandler, parser.EndElementHandler = self.start, self.end
        parser.CharacterDataHandler = self.data
        self.begin()
        try:
            parser.Parse(part, not truncated)
        except (expat.ExpatError, ValueError):
            refuse(refusals.BROKEN)

    def finish(self) -> None:
        """What can only be judged once every part was seen."""

    def begin(self) -> None:
        """A new part."""
        self.rows = self.columns = 0

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """An element opens."""

    def end(self, name: str) -> None:
        """An element closes."""

    def data(self, text: str) -> None:
        """Text between elements."""

    def saw(self, row: int, column: int) -> None:
        """A cell with a value at this row and column (both from 1)."""
        self.rows, self.columns = max(self.rows, row), max(self.columns, column)
        if row > self.max_rows + 1:  # the header is a line too
            refusals.too_many_rows(self.max_rows)
        if column > MAX_COLUMNS:
            refuse(f"Ce fichier a plus de {MAX_COLUMNS} colonnes. Gardez celles du modèle.")
        if self.rows * self.columns > MAX_CELLS:
            refuse(_TOO_MANY_CELLS)

    def add_text(self, length: int) -> None:
        """So many characters more, once repeated."""
        self.text += length
        if self.text > MAX_TEXT:
            refuse(_TOO_MANY_CELLS)


def _refuse_declaration(*_: Any) -> NoReturn:
    refuse(refusals.ENTITIES)


class SheetMeter(Meter):
    """xlsx. Any part may be a sheet (relations decide), so every part is walked as one: ``<row r><c r t><v>``."""

    def __init__(self, max_rows: int) -> None:
        super().__init__(max_rows)
        self.shared: dict[int, int] = {}  # length of each shared string, by rank
        self.uses: Counter[str] = Counter()  # cells that show each

    def begin(self) -> None:
        super().begin()
        self.row = self.column = 0
        self.rank = -1
        self.kind = self.inside = ""

    def start(self, name: str, attributes: dict[str, str]) -> None:
        tag = name.rpartition(":")[2]
        if tag == "row":
            self.row, self.column = int(attributes.get("r", self.row + 1)), 0
        elif tag == "c":
            self._start_cell(attributes)
        elif tag in {"v", "is", "f"}:
            self.saw(self.row, self.column)
            self.inside = tag
        elif tag == "si":
            self.rank += 1
            self.inside = tag

    def _start_cell(self, attributes: dict[str, str]) -> None:
        self.column += 1  # a reference may be missing: then the cell follows the one before
        if "r" in attributes:
            self.row, self.column = _position(attributes["r"])
        self.kind = attributes.get("t", "")
        if self.kind == "e":
            cell = f"{refusals.column_name(self.column - 1)}{self.row}"
            refuse(f"La cellule {cell} contient une erreur de formule. Corrigez-la ou videz-la, puis recommencez.")

    def end(self, name: str) -> None:
        if name.rpartition(":")[2] == self.inside:
            self.inside = ""

    def data(self, text: str) -> None:
        if self.inside == "si":
            self.shared[self.rank] = self.shared.get(self.rank, 0) + len(text)
        elif self.inside == "v" and self.kind == "s":
            self.uses[text] += 1

    def finish(self) -> None:
        for rank, times in self.uses.items():
            self.add_text(self.shared.get(int(rank), 0) * times if rank.isdigit() else 0)


def _position(reference: str) -> tuple[int, int]:
    match = _REFERENCE.match(reference)
    if match is None:
        refuse(refusals.BROKEN)
    column = 0
    for letter in match[1]:
        column = column * 26 + ord(letter) - 64
    return int(match[2]), column


class OpenDocumentMeter(Meter):
    """ods. ``table-row`` and ``table-cell`` with their repetitions; empty ones at the end cost nothing."""

    def begin(self) -> None:
        super().begin()
        self._new_table()

    def _new_table(self) -> None:
        self.row = self.column = self.filled = self.row_text = 0
        self.row_times = self.cell_times = 1

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if name == "table:table":
            self._new_table()
        elif name == "table:table-row":
            self.row_times = _repetitions(attributes, "rows")
            self.column = self.filled = self.row_text = 0
        elif name in {"table:table-cell", "table:covered-table-cell"}:
            self.cell_times = _repetitions(attributes, "columns")
            self.column += self.cell_times
            if "office:value-type" in attributes or "table:formula" in attributes:
                self.filled = self.column
            self._add(len(attributes.get("office:string-value", "")))
        elif name == "text:p":
            self.filled = self.column

    def data(self, text: str) -> None:
        self._add(len(text))

    def _add(self, length: int) -> None:
        self.row_text += length * self.cell_times

    def end(self, name: str) -> None:
        if name == "table:table-row":  # a row with content counts with all its repetitions
            self.row += self.row_times
            if self.filled:
                self.saw(self.row, self.filled)
                self.add_text(self.row_text * self.row_times)


def _repetitions(attributes: dict[str, str], what: str) -> int:
    number = int(attributes.get(f"table:number-{what}-repeated", "1"))
    if number < 1:
        raise ValueError(number)
    return number
