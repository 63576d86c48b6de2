"""Photos of defects, for the teams of the organisation."""

import uuid
from collections.abc import Iterator

from entremise.core.actor import Actor
from entremise.core.db import get_one
from entremise.documents.sealing import open_file
from entremise.presence.models import Defect, DefectPhoto
from entremise.presence.queries.storage import photo_folder


def photos_of(defect: Defect) -> list[DefectPhoto]:
    """The photos of a defect, in the order they were added."""
    return list(defect.photos.all())


def get_photo(actor: Actor, photo_id: uuid.UUID) -> DefectPhoto:
    """One photo with its defect; NotFound for another organisation's."""
    return get_one(DefectPhoto.objects.visible_to(actor).select_related("defect").filter(pk=photo_id))


def photo_content(photo: DefectPhoto) -> Iterator[bytes]:
    """The JPEG, opened as it is read; raises CryptoError when the file was changed or lost."""
    return open_file(photo_folder() / photo.file_name, photo.associated)
