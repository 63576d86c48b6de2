"""Photos of a defect: kept sealed, removed with their file."""

import io
import time
import uuid
from collections.abc import Sequence
from typing import Any

from django.db import transaction

from entremise.core.actor import Actor
from entremise.core.errors import InvalidInput, NotAllowed
from entremise.core.permissions import require
from entremise.documents.sealing import seal_stream
from entremise.documents.services import Picture
from entremise.journal.services import publish
from entremise.presence.events_photos import DefectPhotoRemoved, DefectPhotosAdded
from entremise.presence.models import Defect, DefectPhoto
from entremise.presence.queries.photos import get_photo
from entremise.presence.queries.storage import photo_folder
from entremise.presence.queries.watch import get_defect
from entremise.presence.services.checks import author_of
from entremise.presence.services.defects import report_defect

MAX_PHOTOS = 4
STRAY = 3600  # seconds after which a file without a record is a leftover


@transaction.atomic
def report_with_photos(*, actor: Actor, photos: Sequence[Picture] = (), **facts: Any) -> Defect:
    """Report a defect (``report_defect``'s keywords) with its photos: both are kept, or neither."""
    defect = report_defect(actor=actor, **facts)
    add_photos(actor=actor, defect_id=defect.pk, pictures=photos)
    return defect


@transaction.atomic
def add_photos(*, actor: Actor, defect_id: uuid.UUID, pictures: Sequence[Picture]) -> list[DefectPhoto]:
    """Keep cleaned pictures with a defect, four at most in all. Raises InvalidInput (photos), NotFound."""
    require(actor, "presence.manage_defects")
    get_defect(actor, defect_id)
    defect = Defect.objects.select_for_update(of=("self",)).get(pk=defect_id)
    if not pictures:
        return []
    if not defect.is_open:
        raise InvalidInput({"photos": ["Ce signalement est clos : il ne reçoit plus de photo."]})
    room = MAX_PHOTOS - defect.photos.count()
    if len(pictures) > room:
        raise InvalidInput({"photos": [_full(room)]})
    kept = [_keep(actor, defect, picture) for picture in pictures]
    publish(DefectPhotosAdded(actor=actor, target_id=defect.pk, codes={"count": len(kept)}))
    return kept


def _full(room: int) -> str:
    if room <= 0:
        return f"Ce signalement a déjà {MAX_PHOTOS} photos. Retirez-en une pour en ajouter une autre."
    return f"{MAX_PHOTOS} photos au plus : il en reste {room} à ajouter."


def _keep(actor: Actor, defect: Defect, picture: Picture) -> DefectPhoto:
    photo = DefectPhoto(
        organisation_id=defect.organisation_id,
        defect=defect,
        author_id=author_of(actor),
        width=picture.width,
        height=picture.height,
        size=len(picture.content),
    )
    photo.file_name = f"{photo.pk.hex}.scelle"
    # The file first: a record without its file would be a broken page, a file without its record is swept.
    target = photo_folder() / photo.file_name
    seal_stream(io.BytesIO(picture.content), target, photo.encryption_scope(), photo.associated)
    photo.save(force_insert=True)
    return photo


@transaction.atomic
def remove_photo(*, actor: Actor, photo_id: uuid.UUID) -> Defect:
    """Remove a photo and its file: its author, or the coordinator of the team. Raises NotFound, NotAllowed."""
    require(actor, "presence.manage_defects")
    photo = get_photo(actor, photo_id)
    if not may_remove(actor, photo):
        raise NotAllowed("presence.manage_defects")
    defect = photo.defect
    erase_photos([photo.pk])
    publish(DefectPhotoRemoved(actor=actor, target_id=defect.pk, codes={"photo": str(photo_id)}))
    return defect


def may_remove(actor: Actor, photo: DefectPhoto) -> bool:
    """The author; whoever coordinates the team, when somebody can be recognised and the author has left."""
    if photo.author_id == actor.member_id:
        return True
    return actor.has_role("encadrant") and photo.defect.team_id in actor.team_ids


def erase_photos(photo_ids: Sequence[Any]) -> int:
    """Delete records, then their files once the transaction holds; harmless when run twice. How many records."""
    photos = list(DefectPhoto.objects.filter(pk__in=photo_ids).only("pk", "file_name"))
    names = [photo.file_name for photo in photos]
    DefectPhoto.objects.filter(pk__in=[photo.pk for photo in photos]).delete()
    transaction.on_commit(lambda: _unlink(names))
    return len(photos)


def _unlink(names: Sequence[str]) -> None:
    for name in names:
        (photo_folder() / name).unlink(missing_ok=True)


def sweep_photos() -> int:
    """Delete the files that no record names (a save cut short, a record erased); how many."""
    limit, swept = time.time() - STRAY, 0
    old = {path.name: path for path in photo_folder().iterdir() if path.stat().st_mtime < limit}
    names = list(old)
    for start in range(0, len(names), 500):
        some = names[start : start + 500]
        known = set(DefectPhoto.objects.filter(file_name__in=some).values_list("file_name", flat=True))
        for name in set(some) - known:
            old[name].unlink(missing_ok=True)
            swept += 1
    return swept
