"""Reading CSV as French spreadsheets write it: any of three encodings, any of three separators."""

import csv
import io
import re

from entremise.documents.services import refusals
from entremise.documents.services.markup import MAX_COLUMNS
from entremise.documents.services.refusals import column_name, refuse

_SEPARATORS = ";\t,"
_CONTROL = re.compile(r"[\x01-\x08\x0e-\x1f\x7f]")
_DECLARED = re.compile(r"sep=([;,\t])", re.IGNORECASE)
_NUMBER_OR_PHONE = re.compile(r"[+-][\d\s.,()%€/ \u00a0\u202f-]*$")


def read_delimited(content: bytes, *, max_rows: int) -> list[list[str]]:
    """The lines of a CSV file, header first; raises InvalidInput with the reason."""
    text = _decode(content)
    if _CONTROL.search(text) or text.lstrip().startswith(("<", "{", "%PDF")):
        refuse(refusals.WRONG_TYPE)
    lines: list[list[str]] = []
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=_separator(text), strict=True)
    try:
        for cells in reader:
            declares = not lines and "".join(cells).casefold().startswith("sep=")
            lines.append([] if declares else cells)
            if len(lines) > max_rows + 1:
                refusals.too_many_rows(max_rows)
            _check_cells(len(lines), lines[-1])
    except csv.Error:
        refuse(f"La ligne {len(lines) + 1} est mal formée : vérifiez ses guillemets, puis recommencez.")
    return lines


def _decode(content: bytes) -> str:
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        text = _try(content, "utf-16")  # what Excel calls "Texte Unicode"
    elif b"\x00" in content:
        refuse(refusals.NUL_BYTES)
    else:
        text = _try(content, "utf-8-sig") or _try(content, "cp1252")
    if text is None:
        refuse(refusals.ENCODING)
    if "\x00" in text:
        refuse(refusals.NUL_BYTES)
    return text


def _try(content: bytes, encoding: str) -> str | None:
    try:
        return content.decode(encoding)
    except UnicodeDecodeError:
        return None


def _separator(text: str) -> str:
    """What the first line declares (``sep=;``, as Excel does), or what cuts it in most parts, outside quotes."""
    first = next((line for line in text.splitlines() if line.strip()), "")
    declared = _DECLARED.fullmatch(first.strip('" '))
    if declared:
        return declared[1]
    outside = re.sub(r'"[^"]*"', "", first)
    return max(_SEPARATORS, key=outside.count)


def _check_cells(line: int, cells: list[str]) -> None:
    if len(cells) > MAX_COLUMNS:
        refuse(f"La ligne {line} a plus de {MAX_COLUMNS} colonnes. Gardez celles du modèle.")
    for index, cell in enumerate(cells):
        if cell[:1] in {"=", "@"} or (cell[:1] in {"+", "-"} and not _NUMBER_OR_PHONE.match(cell)):
            refuse(
                f"La cellule {column_name(index)}{line} commence par « {cell[0]} », comme une formule. "
                "Écrivez-y la valeur seule, puis recommencez."
            )
