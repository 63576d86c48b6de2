"""What a backup holds: named entries one after the other, compressed, in constant memory.

An entry is a frame that names it, frames of content, an empty frame; a frame is its length in four bytes, then its
bytes. The last entry is the manifest: size and SHA-256 of each of the others.
"""

import hashlib
import json
import zlib
from collections.abc import Iterable, Iterator
from typing import Any

from entremise.core.errors import Refused

FRAME = 1 << 20
MANIFEST = "manifeste.json"
_LEVEL = 1  # a file is written at the disk's pace: a stronger compression costs more time than it spares room
ALTERED = "Cette sauvegarde est altérée ou incomplète : rien n’a été touché. Prenez-en une autre."


class Packer:
    """Gives the bytes of each entry in turn, and remembers what the manifest will say."""

    def __init__(self) -> None:
        self.entries: dict[str, dict[str, Any]] = {}

    def entry(self, name: str, pieces: Iterable[bytes]) -> Iterator[bytes]:
        """One entry, whatever the size of its pieces."""
        digest, size = hashlib.sha256(), 0
        yield _frame(name.encode())
        for piece in pieces:
            for start in range(0, len(piece), FRAME):
                part = piece[start : start + FRAME]
                digest.update(part)
                size += len(part)
                yield _frame(part)
        yield _frame(b"")
        self.entries[name] = {"size": size, "sha256": digest.hexdigest()}

    def manifest(self, **more: Any) -> Iterator[bytes]:
        """The last entry."""
        content = json.dumps({"entries": self.entries, **more}, sort_keys=True).encode()
        yield _frame(MANIFEST.encode())
        yield _frame(content)
        yield _frame(b"")


def compressed(pieces: Iterable[bytes]) -> Iterator[bytes]:
    """The stream, compressed."""
    machine = zlib.compressobj(_LEVEL)
    for piece in pieces:
        if squeezed := machine.compress(piece):
            yield squeezed
    yield machine.flush()


class Unpacker:
    """Reads the entries in turn. Raises Refused when the stream is not what ``Packer`` writes."""

    def __init__(self, pieces: Iterable[bytes]) -> None:
        self._pieces = iter(pieces)
        self._machine = zlib.decompressobj()
        self._ready = bytearray()

    def entries(self) -> Iterator[tuple[str, Iterator[bytes]]]:
        """Name and content of each; a content left unread is skipped."""
        while (name := self._next_frame(at_end=True)) is not None:
            content = self._content()
            yield name.decode(), content
            for _ in content:
                pass

    def _content(self) -> Iterator[bytes]:
        while frame := self._next_frame():
            yield frame

    def _next_frame(self, *, at_end: bool = False) -> bytes | None:
        head = self._take(4, at_end=at_end)
        if head is None:
            return None
        size = int.from_bytes(head, "big")
        if size > FRAME:
            raise Refused(ALTERED)
        return self._take(size)

    def _take(self, size: int, *, at_end: bool = False) -> bytes | None:
        while len(self._ready) < size:
            if not self._fill():
                if at_end and not self._ready:
                    return None
                raise Refused(ALTERED)
        taken = bytes(self._ready[:size])
        del self._ready[:size]
        return taken

    def _fill(self) -> bool:
        """More clear bytes, never much more than one frame at a time whatever the compression claims."""
        waiting = self._machine.unconsumed_tail
        if not waiting:
            waiting = next(self._pieces, b"")
        clear = self._machine.decompress(waiting, FRAME)  # at the end, what the machine still held
        self._ready += clear
        return bool(clear or waiting)


def _frame(content: bytes) -> bytes:
    return len(content).to_bytes(4, "big") + content
