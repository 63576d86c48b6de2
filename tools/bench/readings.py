"""What is read without a database: a long note by the text helper, a spreadsheet far too long."""

import io
import json
import shutil
import subprocess
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import xlsxwriter
from tests.documents.hostile import ods, ods_row

from entremise.core.errors import InvalidInput
from entremise.documents.services import read_table
from entremise.interventions.texthelper import find

REPEATS = 10
TWO_MEGABYTES = 2 * 1024 * 1024
ROWS = 200_000
PAGE = Path("tests/interventions/texthelper_parity.mjs")  # the page's own module, in Node.js
NOTE = "Échange tendu sur le bruit avec Mme D., accord de baisser le son après 22 h ; repasser jeudi. "


def readings() -> dict[str, Callable[[], None]]:
    """Name → one reading. The second text is all digits, where most of the expressions begin to match."""
    found = {
        "text helper 2 MB note": lambda: _find(NOTE),
        "text helper 2 MB digits": lambda: _find("06 12 34 56 "),
        "sheet 200000 rows csv": _refused(b"Nom;Ville\n" + b"Hall;Rouen\n" * ROWS),
        "sheet 200000 rows xlsx": _refused(_workbook()),
        "sheet bomb ods": _refused(ods(ods_row("Nom") + ods_row("xyz " * 8000, repeated=4000))),
    }
    if node := shutil.which("node"):
        found["text helper 2 MB in the page"] = lambda: _page(node)
    return found


def measure_readings(only: set[str]) -> Iterator[tuple[str, list[float]]]:
    """(name, milliseconds of each turn)."""
    for name, read in readings().items():
        if only and name not in only:
            continue
        durations = []
        for _ in range(REPEATS):
            start = time.perf_counter()
            read()
            durations.append((time.perf_counter() - start) * 1000)
        yield name, durations


def _find(piece: str) -> None:
    find((piece * (TWO_MEGABYTES // len(piece) + 1))[:TWO_MEGABYTES])


def _page(node: str) -> None:
    text = json.dumps([(NOTE * (TWO_MEGABYTES // len(NOTE) + 1))[:TWO_MEGABYTES]])
    subprocess.run([node, str(PAGE)], input=text, capture_output=True, text=True, check=True)


def _refused(content: bytes) -> Callable[[], None]:
    def read() -> None:
        try:
            read_table(io.BytesIO(content))
        except InvalidInput:
            return
        raise RuntimeError("a sheet far too long was read whole")

    return read


def _workbook() -> bytes:
    file = io.BytesIO()
    with xlsxwriter.Workbook(file, {"in_memory": True, "constant_memory": True}) as book:
        sheet = book.add_worksheet()
        for row in range(ROWS):
            sheet.write_string(row, 0, "Hall")
    return file.getvalue()
