"""The type of printed documents, from the font wheels: the same page on every machine.

No wheel draws the Ethiopic script: it comes from Debian's ``fonts-noto-core``, and where that is absent the callers
say so (``can_draw``) instead of printing empty boxes.
"""

import atexit
import re
import shutil
import struct
import tempfile
import unicodedata
from functools import cache
from pathlib import Path
from typing import Any

import fontpkg_atkinson_hyperlegible
import fontpkg_noto_sans
import fontpkg_noto_sans_arabic
import typst

_PACKAGES = (fontpkg_atkinson_hyperlegible, fontpkg_noto_sans, fontpkg_noto_sans_arabic)
_DEBIAN = Path("/usr/share/fonts/truetype/noto")
_ETHIOPIC = ("NotoSansEthiopic-Regular.ttf", "NotoSansEthiopic-Bold.ttf")
UNKNOWN = "\ufffd"  # stands for a run of signs that no font of ours draws (emoji, other scripts)
_LONG_WORD = re.compile(r"\S{25,}")
_BREAK = "\u200b"
_WORD_PART = 4
_OVERRIDES = re.compile("[\u202a-\u202e\u2066-\u2069\ufeff]")  # would let a value turn the words around it
_JOINER = "\u200d"


def folders() -> list[Path]:
    """Where the font files are."""
    return [Path(str(package.__file__)).parent / "files" for package in _PACKAGES]


def ethiopic_files() -> list[Path]:
    """The Ethiopic fonts of this machine, none where Debian's package is absent."""
    return [_DEBIAN / name for name in _ETHIOPIC if (_DEBIAN / name).is_file()]


def ethiopic_font() -> Path | None:
    """The regular one, for screens that have none."""
    return next(iter(ethiopic_files()), None)


def can_draw(text: str) -> bool:
    """True when our fonts draw every letter of this text."""
    known = covered()
    return all(ord(sign) in known for sign in text if sign.isalpha())


@cache
def fonts() -> Any:
    """The fonts, opened once per process; none of the system's."""
    return typst.Fonts(
        include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(path) for path in _searched()]
    )


def _searched() -> list[Path]:
    """The folders the printer reads: those of the wheels, and one of links to the two files we take from Debian's."""
    found = ethiopic_files()
    if not found:
        return folders()
    links = Path(tempfile.mkdtemp(prefix="entremise-polices-"))
    atexit.register(shutil.rmtree, links, ignore_errors=True)
    for path in found:
        (links / path.name).symlink_to(path)
    return [*folders(), links]


@cache
def covered() -> frozenset[int]:
    """The code points that at least one of our fonts draws."""
    points: set[int] = set()
    for path in [*(path for folder in folders() for path in folder.glob("*.ttf")), *ethiopic_files()]:
        points |= _code_points(path.read_bytes())
    return frozenset(points)


def printable(text: str) -> str:
    """The text a page can show: no control character, unknown signs as one ``\\ufffd``, long words that may break."""
    text = _OVERRIDES.sub("", text)
    text = unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n"))
    kept: list[str] = []
    known = covered()
    for sign in text:
        if sign in "\n\t":
            kept.append("\n" if sign == "\n" else " ")
        elif unicodedata.category(sign) in {"Cc", "Cs", "Cn"} or (sign == _JOINER and kept[-1:] == [UNKNOWN]):
            continue
        elif ord(sign) in known:
            kept.append(sign)
        elif unicodedata.category(sign) not in {"Cf", "Mn"} and kept[-1:] != [UNKNOWN]:
            kept.append(UNKNOWN)
    return _LONG_WORD.sub(_breakable, "".join(kept))


def _breakable(match: re.Match[str]) -> str:
    word = match[0]
    return _BREAK.join(word[start : start + _WORD_PART] for start in range(0, len(word), _WORD_PART))


def _code_points(font: bytes) -> set[int]:
    """The code points of a TrueType file's ``cmap`` (formats 4 and 12, the only ones that modern fonts carry)."""
    tables = struct.unpack_from(">H", font, 4)[0]
    for index in range(tables):
        tag, _, offset, _ = struct.unpack_from(">4sIII", font, 12 + 16 * index)
        if tag == b"cmap":
            break
    else:
        return set()
    points: set[int] = set()
    for index in range(struct.unpack_from(">H", font, offset + 2)[0]):
        start = offset + struct.unpack_from(">HHI", font, offset + 4 + 8 * index)[2]
        shape = struct.unpack_from(">H", font, start)[0]
        if shape == 4:
            points |= _segments(font, start)
        elif shape == 12:
            for group in range(struct.unpack_from(">I", font, start + 12)[0]):
                first, last, _ = struct.unpack_from(">III", font, start + 16 + 12 * group)
                points.update(range(first, last + 1))
    return points


def _segments(font: bytes, start: int) -> set[int]:
    count = struct.unpack_from(">H", font, start + 6)[0] // 2
    lasts = struct.unpack_from(f">{count}H", font, start + 14)
    firsts = struct.unpack_from(f">{count}H", font, start + 16 + 2 * count)
    return {point for first, last in zip(firsts, lasts, strict=True) for point in range(first, last + 1)} - {0xFFFF}
