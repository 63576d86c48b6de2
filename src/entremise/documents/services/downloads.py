"""Taking a prepared file: its requester alone, while it lasts, and only if the list is still open to them."""

import uuid
from collections.abc import Iterator
from dataclasses import dataclass

from django.db import transaction
from django.db.models import F

from entremise.core.actor import Actor
from entremise.core.crypto import CryptoError
from entremise.core.errors import InvalidInput, NotFound
from entremise.core.time import now
from entremise.documents import registry
from entremise.documents.enums import Failure, FileStatus
from entremise.documents.events import ExportDownloaded, ExportRestarted
from entremise.documents.models import GeneratedFile
from entremise.documents.sealing import check_file, open_file
from entremise.documents.services.lists import file_name
from entremise.documents.services.preparation import allow, associated, erase, folder
from entremise.journal.services import publish

_BROKEN = "Ce fichier est abîmé et ne peut pas être ouvert. Refaites l’export depuis la liste."


@dataclass(frozen=True)
class Download:
    """A name to save under, the size in bytes, the clear chunks, and what they are."""

    name: str
    size: int
    chunks: Iterator[bytes]
    media_type: str


def download_file(*, actor: Actor, file_id: uuid.UUID) -> Download:
    """The clear content of a ready file, in a stream; the journal keeps that it was taken.

    Raises NotFound for another member's file and for an expired one, NotAllowed when the list is no longer open
    to the actor, InvalidInput when the file was damaged on the disk.
    """
    file = _own_file(actor, file_id)
    if not file.is_ready:
        raise NotFound(str(file_id))
    export = registry.get(file.kind)
    allow(actor, file)
    path = folder() / file.file_name
    try:
        size = check_file(path, associated(file))  # read whole first: a download never breaks in the middle
    except CryptoError:
        raise InvalidInput({"file": [_BROKEN]})
    with transaction.atomic():
        GeneratedFile.objects.filter(pk=file.pk).update(downloaded_count=F("downloaded_count") + 1)
        publish(ExportDownloaded(actor=actor, target_id=file.pk, codes={"list": file.kind}))
    return Download(file_name(export, file.created_at), size, open_file(path, associated(file)), export.media_type)


def erase_file(*, actor: Actor, file_id: uuid.UUID) -> None:
    """Erase one's own ready file before its time. NotFound for any other."""
    file = _own_file(actor, file_id)
    if file.status != FileStatus.PRETE:
        raise NotFound(str(file_id))
    erase(file, actor)


@transaction.atomic
def retry_file(*, actor: Actor, file_id: uuid.UUID) -> None:
    """Put one's own failed export back in the queue. NotFound for any other."""
    file = _own_file(actor, file_id)
    allow(actor, file)
    fresh = now() + registry.get(file.kind).lifetime
    failed = GeneratedFile.objects.filter(pk=file.pk, status=FileStatus.ECHEC)
    if not failed.update(status=FileStatus.ATTENTE, failure=Failure.AUCUNE, attempt=0, expires_at=fresh):
        raise NotFound(str(file_id))
    publish(ExportRestarted(actor=actor, target_id=file.pk, codes={"attempt": 0}))


def _own_file(actor: Actor, file_id: uuid.UUID) -> GeneratedFile:
    file = GeneratedFile.objects.visible_to(actor).filter(pk=file_id).first()
    if file is None:
        raise NotFound(str(file_id))
    return file
