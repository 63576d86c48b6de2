"""Opening an export: a zip read where it lies, never unpacked, or the bare XML."""

import io
import unicodedata
import zipfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, BinaryIO
from xml.etree.ElementTree import ParseError

from entremise.competences.register import refusals, tables, xml
from entremise.competences.register.facts import Fiche
from entremise.competences.register.refusals import refuse
from entremise.core.text import fold

MOST_UNPACKED = 4_000_000_000  # bytes; the real RNCP export is well under one thousand million
MOST_ENTRIES = 100
MOST_RATIO = 200  # the real exports shrink about ten times
_RATIO_FROM = 50_000_000
_ENCRYPTED = 0x1
_CANNOT_READ = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, OSError, ValueError, LookupError)
Progress = Callable[[int, int], None]


class Metered(io.RawIOBase):
    """A stream that counts what it gives, tells it, and stops at an indecent size."""

    def __init__(self, stream: BinaryIO, size: int, packed: int, progress: Progress) -> None:
        self.stream, self.size, self.packed, self.progress, self.given = stream, size, packed, progress, 0

    def readable(self) -> bool:
        """Always."""
        return True

    def read(self, size: int = -1) -> bytes:
        """The next bytes; raises Refused for a bomb."""
        chunk = self.stream.read(size)
        self.given += len(chunk)
        swollen = self.given > _RATIO_FROM and self.given > MOST_RATIO * max(self.packed, 1)
        if self.given > MOST_UNPACKED or swollen:
            refuse(refusals.TOO_BIG)
        self.progress(self.given, self.size)
        return chunk

    def readinto(self, buffer: Any) -> int:
        """As a text reader above it asks."""
        chunk = self.read(len(buffer))
        buffer[: len(chunk)] = chunk
        return len(chunk)


def unsaid(_done: int, _total: int) -> None:
    """Tell the progress to nobody."""


def read_fiches(path: Path, progress: Progress = unsaid) -> Iterator[Fiche]:
    """Every record of an export, one at a time; raises Refused, in one sentence, for anything else.

    ``progress(done, total)`` is told the bytes read, unpacked.
    """
    found = 0
    try:
        for fiche in _fiches(path, progress):
            found += 1
            yield fiche
    except (*_CANNOT_READ, ParseError):
        refuse(refusals.BROKEN)
    if not found:
        refuse(refusals.EMPTY)


def _fiches(path: Path, progress: Progress) -> Iterator[Fiche]:
    if not zipfile.is_zipfile(path):
        size = path.stat().st_size
        with path.open("rb") as stream:
            if stream.read(4) == b"PK\x03\x04":
                refuse(refusals.BROKEN)  # an archive whose end is missing
            stream.seek(0)
            yield from xml.read(Metered(stream, size, size, progress))
        return
    with zipfile.ZipFile(path) as archive:
        entries = archive.infolist()
        if len(entries) > MOST_ENTRIES:
            refuse(refusals.NOT_AN_EXPORT)
        if any(entry.flag_bits & _ENCRYPTED for entry in entries):
            refuse(refusals.PASSWORD)
        documents = [entry for entry in entries if entry.filename.lower().endswith(".xml")]
        if len(documents) == 1:
            with _member(archive, documents[0], progress) as stream:
                yield from xml.read(stream)
            return
        sheets = {_name(entry): entry for entry in entries if entry.filename.lower().endswith(".csv")}
        if documents or not sheets:
            refuse(refusals.NOT_AN_EXPORT)
        yield from tables.read(sheets, lambda entry: _member(archive, entry, progress))


@contextmanager
def _member(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, progress: Progress) -> Iterator[Metered]:
    with archive.open(entry) as stream:
        yield Metered(stream, entry.file_size, entry.compress_size, progress)  # type: ignore[arg-type]


def _name(entry: zipfile.ZipInfo) -> str:
    """The file's name folded: written in UTF-8 with or without saying so, composed or not."""
    name = entry.filename
    if not entry.flag_bits & 0x800:
        with suppress(UnicodeError):
            name = name.encode("cp437").decode("utf-8")
    return fold(unicodedata.normalize("NFC", name))
