"""What can be proved about photos."""

from entremise.core import verify
from entremise.core.crypto import CryptoError
from entremise.core.verify import Finding
from entremise.documents.sealing import check_file
from entremise.presence.models import DefectPhoto
from entremise.presence.queries.storage import photo_folder


def register() -> None:
    """Add this module's check to `entremise verify`."""
    verify.register("presence.photos", check_photos)


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
