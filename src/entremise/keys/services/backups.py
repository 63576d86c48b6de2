"""Backups of the store of keys: one sealed file a time, kept thirty days at most, apart from the other backups.

The content is lines of JSON, the same for both engines: a head, each key as it lies in the table (wrapped under the
master key), each tombstone, an end that counts them. A file without its end was cut.
"""

import base64
import datetime as dt
import json
import uuid
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import structlog
from django.db import transaction

from entremise.core.crypto import CryptoError
from entremise.core.errors import Refused
from entremise.core.sealing import open_chunks, seal_chunks, written_whole
from entremise.core.time import now
from entremise.keys.models import DataKey, KeyBackup, Tombstone
from entremise.keys.router import ALIAS
from entremise.keys.services.master import WrongMasterKey, backup_secret, master_key, name_of
from entremise.keys.services.traces import Traces

log = structlog.get_logger("entremise.keys")

MAGIC = b"ENTK1"
SUFFIX = ".cles"
FORMAT = 1
LONGEST = dt.timedelta(days=30)  # the promise made to someone who is erased: no setting goes beyond
_BOUND = "keys-backup"
_DATES = ("created_at", "retired_at", "unused_since", "destroyed_at")


@dataclass(frozen=True)
class KeyFile:
    """What the head of a backup of keys says."""

    taken_at: dt.datetime
    epoch: int


def back_up_keys(*, folder: Path, kept: dt.timedelta, epoch: int = 0) -> KeyBackup:
    """Write the whole store of keys in one sealed file; the file appears whole or not at all.

    The line that tells of it is written first: the date at which a destroyed key lapses is never told too early.
    """
    taken_at = now()
    name = f"entremise-{taken_at:%Y%m%dT%H%M%S}-{uuid.uuid4().hex[:4]}{SUFFIX}"
    lapses_at = taken_at + min(kept, LONGEST)
    backup = KeyBackup.objects.create(taken_at=taken_at, lapses_at=lapses_at, file_name=name)
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        with written_whole(folder / name) as file:
            seal_chunks(
                _lines(taken_at, epoch),
                file,
                magic=MAGIC,
                key_name=name_of(master_key()),
                secret=backup_secret(name_of(master_key())),
                associated=_BOUND,
            )
    except BaseException:
        with suppress(Exception):  # the database may be what failed: a line too many only makes the date later
            backup.delete()
        raise
    backup.size, backup.keys = (folder / name).stat().st_size, DataKey.objects.count()
    backup.save(update_fields=["size", "keys"])
    return backup


def _lines(taken_at: dt.datetime, epoch: int) -> Iterator[bytes]:
    """The content. Tombstones are read last: a key destroyed meanwhile may be there, its tombstone then is too."""
    yield _line(format=FORMAT, taken_at=taken_at.isoformat(), epoch=epoch)
    keys = traces = 0
    for row in DataKey.objects.order_by("pk").iterator():
        keys += 1
        yield _line(
            key=str(row.pk),
            kind=row.scope_kind,
            scope=row.scope_id and str(row.scope_id),
            wrapped=row.wrapped and base64.b64encode(row.wrapped).decode(),
            **{name: _written(getattr(row, name)) for name in _DATES},
        )
    for trace in Tombstone.objects.order_by("pk").iterator():
        traces += 1
        yield _line(trace=str(trace.scope_id), kind=trace.scope_kind, erased_at=_written(trace.erased_at))
    yield _line(end=True, keys=keys, traces=traces)


def _line(**values: Any) -> bytes:
    return json.dumps(values, separators=(",", ":")).encode() + b"\n"


def _written(instant: dt.datetime | None) -> str | None:
    return instant.isoformat() if instant else None


def read_key_file(path: Path) -> Iterator[dict[str, Any]]:
    """The lines of a backup of keys, the head first, the end left out; raises Refused when it is not whole and ours."""
    ended, seen = None, {"key": 0, "trace": 0}
    try:
        with path.open("rb") as file:
            chunks = open_chunks(file, magic=MAGIC, secret_of=backup_secret, associated=_BOUND)
            for rank, line in enumerate(_split(chunks)):
                record = json.loads(line)
                if rank == 0 and record.get("format") != FORMAT:
                    raise Refused("Ce fichier de clés a été fait par une version plus récente d’Entremise.")
                if "end" in record:
                    ended = record
                    continue
                for kind in seen:
                    seen[kind] += kind in record
                yield record
    except WrongMasterKey as error:
        raise Refused(
            f"La clé maîtresse de cette installation n’est pas celle du fichier de clés « {path.name} »."
        ) from error
    except (CryptoError, ValueError) as error:
        raise Refused(f"Le fichier de clés « {path.name} » est altéré ou incomplet : prenez-en un autre.") from error
    except OSError as error:
        raise Refused(f"Le fichier de clés « {path.name} » ne peut pas être lu : {error.strerror}.") from error
    if ended is None or (ended["keys"], ended["traces"]) != (seen["key"], seen["trace"]):
        raise Refused(f"Le fichier de clés « {path.name} » est incomplet : prenez-en un autre.")


def _split(chunks: Iterable[bytes]) -> Iterator[bytes]:
    waiting = b""
    for chunk in chunks:
        *whole, waiting = (waiting + chunk).split(b"\n")
        yield from whole
    if waiting:
        yield waiting


def head_of(path: Path) -> KeyFile:
    """Read the file to its end, and give what its head says; raises Refused."""
    head: dict[str, Any] = {}
    for record in read_key_file(path):
        head = head or record
    return KeyFile(dt.datetime.fromisoformat(head["taken_at"]), int(head["epoch"]))


def traces_of(path: Path) -> Traces:
    """The scopes that had been erased when the file was made, and when."""
    return {
        (record["kind"], uuid.UUID(record["trace"])): dt.datetime.fromisoformat(record["erased_at"])
        for record in read_key_file(path)
        if "trace" in record
    }


def load_keys(path: Path, erased: Traces) -> int:
    """Put the keys of a backup in an empty store, except those of what was erased since; gives how many.

    A key of an erased scope comes back without what it opens: nothing of a person reappears, even for an instant.
    """
    with transaction.atomic(using=ALIAS):
        count, batch = 0, []
        for record in read_key_file(path):
            if "key" not in record:
                continue
            batch.append(_row(record, erased))
            if len(batch) == 500:
                count += len(DataKey.objects.bulk_create(batch))
                batch = []
        return count + len(DataKey.objects.bulk_create(batch))


def _row(record: dict[str, Any], erased: Traces) -> DataKey:
    scope_id = uuid.UUID(record["scope"]) if record["scope"] else None
    row = DataKey(pk=uuid.UUID(record["key"]), scope_kind=record["kind"], scope_id=scope_id)
    row.wrapped = base64.b64decode(record["wrapped"]) if record["wrapped"] else None
    for name in _DATES:
        setattr(row, name, dt.datetime.fromisoformat(record[name]) if record[name] else None)
    if scope_id is not None and (row.scope_kind, scope_id) in erased:
        row.wrapped, row.destroyed_at = None, row.destroyed_at or now()
    return row


def adopt_key_files(folder: Path) -> int:
    """Write down the files found in the folder that the list forgot (after a restore); gives how many.

    One that was said to be removed and is there again (a disk that was not mounted that night) is removed in its turn.
    """
    present = {path.name: path for path in sorted(folder.glob(f"*{SUFFIX}"))}
    back = KeyBackup.objects.filter(file_name__in=present).exclude(removed_at=None).update(removed_at=None)
    known = set(KeyBackup.objects.values_list("file_name", flat=True))
    found = [path for name, path in present.items() if name not in known]
    for path in found:
        taken_at = dt.datetime.fromtimestamp(path.stat().st_mtime, dt.UTC)
        with suppress(Refused):
            taken_at = head_of(path).taken_at
        size = path.stat().st_size
        KeyBackup.objects.create(
            taken_at=taken_at, lapses_at=taken_at + LONGEST, file_name=path.name, size=size, keys=0
        )
    return len(found) + back


def remove_lapsed_keys(folder: Path) -> int:
    """Remove the backups of keys whose time has come; gives how many. One that resists is tried again next time."""
    removed = 0
    for backup in KeyBackup.objects.filter(removed_at=None, lapses_at__lte=now()):
        try:
            (folder / backup.file_name).unlink(missing_ok=True)
        except OSError as error:
            log.error("key_backup_resists", why=error.strerror)
            continue
        removed += KeyBackup.objects.filter(pk=backup.pk).update(removed_at=now())
    return removed
