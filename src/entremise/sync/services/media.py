"""Files that follow operations: received piece by piece, checked, opened, put with their record."""

import datetime as dt
import hashlib
import os
import uuid
from pathlib import Path

import structlog
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.db import IntegrityError, OperationalError, transaction

from entremise.core.actor import Actor
from entremise.core.errors import EntremiseError, InvalidInput
from entremise.core.permissions import require
from entremise.core.time import now
from entremise.sync import envelope, registry
from entremise.sync.content import LARGEST_MEDIA
from entremise.sync.enums import AWAITED, SETTLED, MediaState
from entremise.sync.envelope import Unreadable
from entremise.sync.models import Blob, MediaSlot, Receipt
from entremise.sync.queries.media import blob_path
from entremise.sync.services import missing
from entremise.sync.services.memory import Memory

PIECE = 1024 * 1024
KEPT = dt.timedelta(days=30)  # as long as a phone keeps its journal
WRONG_BYTES = "Les octets arrivés ne sont pas ceux qui étaient annoncés : renvoyez la pièce depuis le début."
CLOSED = "Cette pièce ne s’ouvre pas avec la clé de sa fiche. Reprenez la photo au bureau."
NO_PLACE = "Cette fiche ne reçoit pas de pièce jointe."
log = structlog.get_logger("entremise.sync")


class WrongOffset(EntremiseError):
    """A piece does not follow what has arrived; nothing is lost, ``received`` says where to go on."""

    def __init__(self, received: int) -> None:
        self.received = received
        super().__init__("a piece does not follow")


def receive_piece(*, actor: Actor, sha256: str, offset: int, total: int, piece: bytes) -> Blob:
    """Keep the next bytes of a file; when all are there, check them and put the file with the records that wait for it.

    Raises InvalidInput (sizes, or bytes that are not those announced), WrongOffset. The same piece sent twice after
    the file is complete is harmless.
    """
    require(actor, "sync.carry")
    if not 0 < total <= LARGEST_MEDIA or len(piece) > PIECE or not piece:
        raise InvalidInput({"total": [f"Une pièce pèse {LARGEST_MEDIA // PIECE} Mo au plus, par morceaux de 1 Mo."]})
    blob = _blob(actor, sha256, total)
    if blob.complete_at is None:
        blob = _extend(blob.pk, offset, total, piece)
    if blob.complete_at is not None:
        attach_everywhere(Memory(actor), sha256)
    return blob


def _blob(actor: Actor, sha256: str, total: int) -> Blob:
    assert actor.organisation_id is not None
    assert actor.member_id is not None
    known = Blob.objects.visible_to(actor).filter(sha256=sha256).first()
    if known is not None:
        return known
    try:
        with transaction.atomic():
            return Blob.objects.create(
                organisation_id=actor.organisation_id, sha256=sha256, size=total, carried_by_id=actor.member_id
            )
    except IntegrityError:  # two phones send the same file at once
        return Blob.objects.get(organisation_id=actor.organisation_id, sha256=sha256)


@transaction.atomic
def _extend(blob_id: uuid.UUID, offset: int, total: int, piece: bytes) -> Blob:
    blob = Blob.objects.select_for_update().get(pk=blob_id)
    if blob.complete_at is not None:
        return blob
    path = blob_path(blob)
    if not path.exists():
        blob.received = 0  # its beginning was swept, or is of before a restore
    if offset != blob.received or (total != blob.size and offset):
        raise WrongOffset(blob.received)
    blob.size = total
    if offset + len(piece) > blob.size:
        raise InvalidInput({"total": [WRONG_BYTES]})
    _write(path, offset, piece)
    blob.received = offset + len(piece)
    if blob.received == blob.size:
        _check(blob, path)
    blob.save()
    return blob


def _write(path: Path, offset: int, piece: bytes) -> None:
    """The bytes reach the disk before the row says so: a crash sends at most this piece again."""
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    with path.open("r+b" if path.exists() else "w+b") as file:
        file.truncate(offset)
        file.seek(offset)
        file.write(piece)
        file.flush()
        os.fsync(file.fileno())


def _check(blob: Blob, path: Path) -> None:
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while part := file.read(PIECE):
            digest.update(part)
    if digest.hexdigest() == blob.sha256:
        blob.complete_at = now()
    else:
        path.unlink()
        blob.received = 0


def sweep() -> int:
    """Forget the sealed bytes of a month ago that no record waits for any more; how many. Run by the tick."""
    swept = 0
    for blob in Blob.objects.filter(started_at__lt=now() - KEPT).iterator():
        slots = MediaSlot.objects.filter(organisation_id=blob.organisation_id, sha256=blob.sha256)
        if not slots.filter(state__in=AWAITED).exists():
            blob_path(blob).unlink(missing_ok=True)
            blob.delete()
            swept += 1
    return swept


def attach_what_came(memory: Memory, receipt: Receipt) -> None:
    """Put the files that arrived before their operation with its record."""
    for slot in receipt.slots.filter(state__in=AWAITED):
        _attach(memory, slot)


def attach_everywhere(memory: Memory, sha256: str) -> None:
    """Put a file that has just arrived with every record that waits for it."""
    waiting = MediaSlot.objects.filter(
        organisation_id=memory.organisation_id, sha256=sha256, state__in=AWAITED, receipt__status__in=SETTLED
    )
    for slot in waiting.select_related("receipt"):
        with transaction.atomic():
            held = MediaSlot.objects.select_for_update(of=("self",)).select_related("receipt").get(pk=slot.pk)
            was = held.state
            if was in AWAITED:
                _attach(memory, held)
            if was == MediaState.MANQUANT and held.state != was:
                missing.came(held)


def _attach(memory: Memory, slot: MediaSlot) -> None:
    blob = Blob.objects.filter(
        organisation_id=slot.organisation_id, sha256=slot.sha256, complete_at__isnull=False
    ).first()
    if blob is None:
        return
    kind = registry.kind_of(slot.receipt.schema.partition("/")[0])
    author = memory.author(slot.receipt.member_id)
    try:
        clear = _opened(blob, slot)
        if kind is None or kind.attach is None or author is None:
            raise InvalidInput({"media": [NO_PLACE]})
        with transaction.atomic():
            kind.attach(author, slot.receipt.applied_to or slot.receipt.entity_id, slot.slot, clear, slot.mime)
        slot.state, slot.secret = MediaState.RANGE, ""
    except InvalidInput as invalid:
        slot.state, slot.why = MediaState.REFUSE, _words(invalid)
    except EntremiseError:
        slot.state, slot.why = MediaState.REFUSE, NO_PLACE
    except OperationalError:
        raise
    except Exception as fault:  # the record stays, its file is shown as missing
        log.error("media", operation=str(slot.receipt.operation_id), fault=type(fault).__name__)
        slot.state, slot.why = MediaState.REFUSE, CLOSED
    slot.save()


def _words(invalid: InvalidInput) -> str:
    return invalid.sentences[:200]


def _opened(blob: Blob, slot: MediaSlot) -> bytes:
    try:
        key, nonce = envelope.decode(slot.secret), envelope.decode(slot.nonce)
        return AESGCM(key).decrypt(nonce, blob_path(blob).read_bytes(), None)
    except (InvalidTag, ValueError, Unreadable, OSError):
        raise InvalidInput({"media": [CLOSED]})
