"""A file somebody joins to what they keep: a PDF, a JPEG or a PNG, told by its first bytes and never by its name.

It is kept in the database as base 64 in a sealed column: erasure, rotation of keys, backup and restore reach it as
they reach every word beside it. The modules that keep such files share these bounds and this way of giving them back.
"""

import base64
import hashlib

from django.http import HttpResponse

from entremise.core.http import as_file

HEAVIEST = 5_000_000  # bytes
MOST = 12  # files of one dossier, of one portfolio
REFUSED = "Joignez un PDF, une image JPEG ou PNG, de 5 Mo au plus."
_SIGNATURES = {b"%PDF-": "application/pdf", b"\x89PNG\r\n\x1a\n": "image/png", b"\xff\xd8\xff": "image/jpeg"}
_SUFFIXES = {"application/pdf": "pdf", "image/png": "png", "image/jpeg": "jpg"}


def media_type_of(content: bytes) -> str:
    """What the file is; empty when it is not to be kept: of another type, or too heavy."""
    found = next((told for start, told in _SIGNATURES.items() if content.startswith(start)), "")
    return found if len(content) <= HEAVIEST else ""


def columns_of(content: bytes) -> dict[str, str | int]:
    """The columns of a row that keeps it; ``content`` is for a sealed one."""
    return {
        "media_type": media_type_of(content),
        "size": len(content),
        "digest": hashlib.sha256(content).hexdigest(),
        "content": base64.b64encode(content).decode(),
    }


def bytes_of(kept: str) -> bytes:
    """The file, from the content of its row once opened."""
    return base64.b64decode(kept)


def suffix_of(media_type: str) -> str:
    """How its name ends."""
    return _SUFFIXES[media_type]


def as_attachment(kept: str, media_type: str, name: str) -> HttpResponse:
    """The file, to be kept and never opened inside our pages; ``name`` is ours, without its end."""
    return as_file(bytes_of(kept), media_type, f"{name}.{suffix_of(media_type)}")
