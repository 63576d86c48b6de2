"""PNG pictures of 24 bits rewritten with a palette of 256 colours, without any imaging library.

A screen has few colours besides those of the edges of letters: the most frequent are kept, each other pixel
takes the nearest. The file is a third of its size and looks the same.
"""

import struct
import zlib
from collections import Counter

SIGNATURE = b"\x89PNG\r\n\x1a\n"


def reduce(picture: bytes) -> bytes:
    """The same picture with 256 colours at most; ``picture`` is a PNG of 8-bit RGB or RGBA without interlace."""
    width, height, channels, rows = _decode(picture)
    pixels = [[row[at : at + 3] for at in range(0, width * channels, channels)] for row in rows]
    counts: Counter[bytes] = Counter()
    for row in pixels:
        counts.update(row)
    kept = _choose(counts)
    index = {color: rank for rank, color in enumerate(kept)}
    for color in counts:
        if color not in index:
            index[color] = _nearest(color, kept)
    lines = b"".join(b"\0" + bytes([index[color] for color in row]) for row in pixels)
    header = struct.pack(">IIBBBBB", width, height, 8, 3, 0, 0, 0)
    chunks = ((b"IHDR", header), (b"PLTE", b"".join(kept)), (b"IDAT", zlib.compress(lines, 9)), (b"IEND", b""))
    return SIGNATURE + b"".join(_chunk(kind, data) for kind, data in chunks)


def _choose(counts: Counter[bytes]) -> list[bytes]:
    """The most frequent colours, two of them never closer than a step nobody sees."""
    kept: list[bytes] = []
    for color, _ in counts.most_common():
        if len(kept) < 64 or all(_distance(color, other) > 24 for other in kept):
            kept.append(color)
        if len(kept) == 256:
            break
    return kept


def _distance(one: bytes, two: bytes) -> int:
    return 2 * (one[0] - two[0]) ** 2 + 4 * (one[1] - two[1]) ** 2 + 3 * (one[2] - two[2]) ** 2


def _nearest(color: bytes, kept: list[bytes]) -> int:
    return min(range(len(kept)), key=lambda rank: _distance(color, kept[rank]))


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def _decode(picture: bytes) -> tuple[int, int, int, list[bytes]]:
    """Width, height, bytes a pixel and the unfiltered rows."""
    if not picture.startswith(SIGNATURE):
        raise ValueError("not a PNG")
    at, packed, header = len(SIGNATURE), b"", b""
    while at < len(picture):
        size, kind = struct.unpack(">I4s", picture[at : at + 8])
        data = picture[at + 8 : at + 8 + size]
        header = data if kind == b"IHDR" else header
        packed += data if kind == b"IDAT" else b""
        at += size + 12
    width, height, depth, color, _, _, interlace = struct.unpack(">IIBBBBB", header)
    if depth != 8 or color not in {2, 6} or interlace:
        raise ValueError("only 8-bit RGB and RGBA pictures without interlace")
    channels = 3 if color == 2 else 4
    return width, height, channels, _unfilter(zlib.decompress(packed), width * channels, channels)


def _unfilter(raw: bytes, stride: int, channels: int) -> list[bytes]:
    rows: list[bytes] = []
    above = bytearray(stride)
    for start in range(0, len(raw), stride + 1):
        row = bytearray(raw[start + 1 : start + 1 + stride])
        _undo(raw[start], row, above, channels)
        rows.append(bytes(row))
        above = row
    return rows


def _undo(kind: int, row: bytearray, above: bytearray, channels: int) -> None:
    """Undo in place one of the five filters of the format."""
    if kind == 0:
        return
    for at in range(len(row)):
        left = row[at - channels] if at >= channels else 0
        up = above[at]
        corner = above[at - channels] if at >= channels else 0
        guess = (0, left, up, (left + up) // 2, 0)[kind] if kind < 4 else _paeth(left, up, corner)
        row[at] = (row[at] + guess) & 255


def _paeth(left: int, up: int, corner: int) -> int:
    guess = left + up - corner
    to_left, to_up, to_corner = abs(guess - left), abs(guess - up), abs(guess - corner)
    if to_left <= to_up and to_left <= to_corner:
        return left
    return up if to_up <= to_corner else corner
