"""What can be proved about photos."""

from collections.abc import Iterator
from pathlib import Path

from entremise.core import verify
from entremise.core.crypto import CryptoError, Scope
from entremise.core.sealing import register_files
from entremise.core.verify import Finding
from entremise.documents.sealing import check_file
from entremise.presence.models import DefectPhoto
from entremise.presence.queries.storage import photo_folder


def register() -> None:
    """Add this module's check to `entremise verify`, and its files to those that a new key seals again."""
    verify.register("presence.photos", check_photos)
    register_files("presence.photos", sealed_photos)


def sealed_photos() -> Iterator[tuple[Path, Scope, str]]:
    """Every photo, with what it is bound to: a new key seals them again."""
    for photo in DefectPhoto.objects.iterator():
        yield photo_folder() / photo.file_name, photo.encryption_scope(), photo.associated


def check_photos() -> Finding:
    """Every photo opens to its end, with the size that was written."""
    opened, failed = 0, 0
    for photo in DefectPhoto.objects.iterator():
        try:
            whole = check_file(photo_folder() / photo.file_name, photo.associated) == photo.size
        except CryptoError:
            whole = False
        opened, failed = opened + whole, failed + (not whole)
    sentence = f"{failed} photos ne s’ouvrent pas" if failed else f"{opened} photos s’ouvrent en entier"
    return Finding("presence.photos", not failed, sentence)
