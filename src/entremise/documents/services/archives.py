"""Opening a zipped workbook without trusting it.

Every part that will be parsed is unpacked here under a hard limit, checked, and put in a new plain archive: the parser
sees exactly the bytes that were checked, whatever the original archive said of itself.
"""

import io
import zipfile
import zlib
from dataclasses import dataclass

from entremise.documents.services import refusals
from entremise.documents.services.markup import Meter, OpenDocumentMeter, SheetMeter
from entremise.documents.services.refusals import refuse

MAX_ENTRIES = 1_000
MAX_UNPACKED = 40_000_000  # bytes, all parts together: 5,000 rows of 60 columns fit three times
MAX_RATIO = 400  # a part larger than _RATIO_FROM may not shrink more than this; real sheets stay under 60
_RATIO_FROM = 2_000_000
_SMALL = 1_000_000
_CHUNK = 65_536
_ENCRYPTED_FLAG = 0x1


@dataclass(frozen=True)
class Workbook:
    """A checked workbook: its kind (``xlsx`` or ``ods``) and a clean archive of its markup."""

    kind: str
    content: bytes


def open_workbook(content: bytes, *, max_rows: int) -> Workbook:
    """Check a zipped workbook and give it back rebuilt; raises InvalidInput with the reason."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            return _checked(archive, content, max_rows)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, OSError, ValueError):
        refuse(refusals.BROKEN)


def _checked(archive: zipfile.ZipFile, content: bytes, max_rows: int) -> Workbook:
    entries = archive.infolist()
    names = [entry.filename for entry in entries]
    if len(entries) > MAX_ENTRIES or len(set(names)) != len(names):
        refuse(refusals.BROKEN)
    if any(entry.flag_bits & _ENCRYPTED_FLAG for entry in entries):
        refuse(refusals.PASSWORD)
    kind = _kind(archive, set(names))
    meter = SheetMeter(max_rows) if kind == "xlsx" else OpenDocumentMeter(max_rows)
    rebuilt, room = io.BytesIO(), MAX_UNPACKED
    with zipfile.ZipFile(rebuilt, "w", zipfile.ZIP_STORED) as copy:
        for entry in entries:
            if not _is_read(entry.filename):
                continue
            part = _unpack(archive, entry, room, meter)
            room -= len(part)
            if entry.filename != "mimetype":
                meter.check(part)
            copy.writestr(zipfile.ZipInfo(entry.filename), part)
    meter.finish()
    return Workbook(kind, rebuilt.getvalue())


def _is_read(name: str) -> bool:
    """Pictures, fonts, embedded workbooks and archives are never opened, so never unpacked either."""
    return name.endswith((".xml", ".rels")) or name == "mimetype"


def _kind(archive: zipfile.ZipFile, names: set[str]) -> str:
    if any(name.lower().endswith("vbaproject.bin") or "/macrosheets/" in name.lower() for name in names):
        refuse(refusals.MACROS)
    if "xl/workbook.bin" in names:
        refuse(refusals.BINARY_EXCEL)
    if "xl/workbook.xml" in names and "[Content_Types].xml" in names:
        types = _unpack(archive, archive.getinfo("[Content_Types].xml"), _SMALL)
        if b"macroEnabled" in types:
            refuse(refusals.MACROS)
        return "xlsx"
    if "mimetype" not in names or "content.xml" not in names:
        refuse(refusals.WRONG_TYPE)
    return _open_document(archive, names)


def _open_document(archive: zipfile.ZipFile, names: set[str]) -> str:
    mimetype = _unpack(archive, archive.getinfo("mimetype"), _SMALL).strip()
    if mimetype != b"application/vnd.oasis.opendocument.spreadsheet":
        refuse(refusals.WRONG_TYPE)
    if "META-INF/manifest.xml" in names:
        manifest = _unpack(archive, archive.getinfo("META-INF/manifest.xml"), _SMALL)
        if b"encryption-data" in manifest:
            refuse(refusals.PASSWORD)
    if any(name.startswith(("Basic/", "Scripts/")) and not name.endswith("/") for name in names):
        refuse(refusals.MACROS)
    return "ods"


def _unpack(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, room: int, meter: Meter | None = None) -> bytes:
    """The part, unpacked by chunks; stops as soon as it outgrows ``room`` or an honest compression."""
    parts, size = [], 0
    with archive.open(entry) as stream:
        while chunk := stream.read(_CHUNK):
            parts.append(chunk)
            size += len(chunk)
            swollen = size > _RATIO_FROM and size > MAX_RATIO * max(entry.compress_size, 1)
            if size > room or swollen:
                if meter is not None:  # a workbook that is only long is told so: its rows are counted this far
                    meter.check(b"".join(parts), truncated=True)
                refuse(refusals.TOO_UNPACKED)
    if size != entry.file_size:
        refuse(refusals.BROKEN)
    return b"".join(parts)
