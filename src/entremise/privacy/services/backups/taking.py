"""Taking a backup: database, files, seals and traces in one sealed file, the store of keys in another."""

import datetime as dt
import errno
import fcntl
import json
import os
import shutil
import sqlite3
import tempfile
import time
import uuid
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

import structlog
from django.conf import settings
from django.db import connection, transaction
from django.db.migrations.recorder import MigrationRecorder
from django.db.models import Max

from entremise.core.actor import Actor
from entremise.core.crypto import CryptoError
from entremise.core.errors import Refused
from entremise.core.permissions import require
from entremise.core.sealing import seal_chunks, written_whole
from entremise.core.time import now
from entremise.journal.services import publish
from entremise.keys.services import back_up_keys, backup_secret, master_key, name_of, require_own_master_key
from entremise.privacy.enums import BackupFailure
from entremise.privacy.events import BackupFailed, BackupTaken
from entremise.privacy.models import Backup, RestoreEpoch
from entremise.privacy.services.backups import engines
from entremise.privacy.services.backups.container import Packer, compressed

log = structlog.get_logger()

MAGIC = b"ENTB1"
SUFFIX = ".entremise"
FORMAT = 1
BOUND = "backup"
HEAD, BASE, FILES = "en-tete.json", "base", "fichiers/"
SEALS, TRACES = "seals.jsonl", "tombstones.jsonl"
LOCK = ".verrou-sauvegarde"
NOT_KEPT = ("exports",)  # prepared lists live two days: they are asked again
WORK, REHEARSAL = "sauvegarde-", "repetition-"  # folders in the data folder, for the time of the work
_FULL = {errno.ENOSPC, errno.EDQUOT}


class NoRoom(Refused):
    """The disk is full, or would be."""


def take_backup(*, actor: Actor) -> Backup:
    """Write a whole backup in the configured folders while the application runs; the file appears whole or not at all.

    Needs ``privacy.run_backups``. Raises Refused with what is wrong; a failure is written down and journalled, and the
    backups before it are left alone. The keys are copied after the data: every key the data needs is there.
    """
    require(actor, "privacy.run_backups")
    folder, key_folder = folders()
    started, taken_at = time.monotonic(), now()
    try:
        require_own_master_key()
        with alone(folder):
            name = f"entremise-{taken_at:%Y%m%dT%H%M%S}-{uuid.uuid4().hex[:4]}{SUFFIX}"
            _write(folder / name, taken_at)
            epoch = _epoch()
            back_up_keys(folder=key_folder, kept=dt.timedelta(days=settings.KEY_BACKUPS_DAYS), epoch=epoch)
    except Exception as error:
        refusal, why = _explained(error)
        _note_failure(actor, taken_at, why)
        raise refusal from error
    size, seconds = (folder / name).stat().st_size, round(time.monotonic() - started)
    with transaction.atomic():
        backup = Backup.objects.create(
            taken_at=taken_at, engine=connection.vendor, file_name=name, size=size, seconds=seconds
        )
        publish(BackupTaken(actor=actor, target_id=backup.pk, codes={"bytes": size, "seconds": seconds}))
    return backup


def folders() -> tuple[Path, Path]:
    """Where the backups go, and where those of the keys go, both made if needed; raises Refused."""
    if settings.BACKUPS is None or settings.KEY_BACKUPS is None:
        raise Refused("Aucun dossier de sauvegarde n’est réglé : donnez ENTREMISE_BACKUPS.")
    for folder in (settings.BACKUPS, settings.KEY_BACKUPS):
        try:
            folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        except OSError as error:
            raise Refused(f"Le dossier de sauvegarde « {folder} » ne peut pas être créé : {error.strerror}.") from error
    return settings.BACKUPS, settings.KEY_BACKUPS


@contextmanager
def alone(folder: Path) -> Iterator[None]:
    """One backup or rehearsal at a time, whatever the folder; the copies that a stopped one left are taken away."""
    settings.DATA_DIR.mkdir(parents=True, exist_ok=True)
    with ExitStack() as locks:
        for place in sorted({Path(settings.DATA_DIR).resolve(), folder.resolve()}):
            locks.enter_context(_locked(place))
        for leftover in folder.glob(f"*{SUFFIX}.partiel"):
            leftover.unlink()
        for prefix in (WORK, REHEARSAL):
            for leftover in Path(settings.DATA_DIR).glob(f"{prefix}*"):
                shutil.rmtree(leftover)
        engines.drop_leftovers()
        yield


@contextmanager
def _locked(folder: Path) -> Iterator[None]:
    with (folder / LOCK).open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise Refused("Une autre sauvegarde ou répétition est en cours : attendez qu’elle finisse.") from error
        yield


def _write(path: Path, taken_at: dt.datetime) -> None:
    settings.DATA_DIR.mkdir(parents=True, exist_ok=True)
    expected = {"base": engines.size(), "files": sum(_size(file) for _, file in _files())}
    copy = expected["base"] if connection.vendor == "sqlite" else 0
    require_room(settings.DATA_DIR, copy)
    require_room(path.parent, sum(expected.values()) + copy * same_disk(settings.DATA_DIR, path.parent))
    # The copy of SQLite lies beside the database, under the same protection, and goes with the block.
    with tempfile.TemporaryDirectory(dir=settings.DATA_DIR, prefix=WORK) as work:
        with engines.snapshot(Path(work)) as (counts, pieces), written_whole(path) as file:
            seal_chunks(
                compressed(_content(taken_at, expected, counts, pieces())),
                file,
                magic=MAGIC,
                key_name=name_of(master_key()),
                secret=backup_secret(name_of(master_key())),
                associated=BOUND,
            )


def _content(
    taken_at: dt.datetime, expected: dict[str, int], counts: dict[str, int], base: Iterator[bytes]
) -> Iterator[bytes]:
    packer = Packer()
    yield from packer.entry(HEAD, [json.dumps(_head(taken_at, expected)).encode()])
    yield from packer.entry(BASE, base)
    for name, path in _files():
        with suppress(FileNotFoundError), path.open("rb") as file:  # gone since: whatever named it is gone too
            yield from packer.entry(FILES + name, engines.pieces_of(file))
    for name, path in ((SEALS, settings.SEALS_FILE), (TRACES, settings.TOMBSTONES_FILE)):
        yield from packer.entry(name, [path.read_bytes()] if path.exists() else [])
    yield from packer.manifest(counts=counts)


def _head(taken_at: dt.datetime, expected: dict[str, int]) -> dict[str, Any]:
    return {
        "format": FORMAT,
        "software": _software(),
        "engine": connection.vendor,
        "engine_version": ".".join(map(str, connection.get_database_version())),
        "taken_at": taken_at.isoformat(),
        "epoch": _epoch(),
        "migrations": sorted(map(list, MigrationRecorder(connection).applied_migrations())),
        "expected": expected,
    }


def _software() -> str:
    try:
        return version("entremise")
    except PackageNotFoundError:  # run from its sources
        return "sources"


def _epoch() -> int:
    return RestoreEpoch.objects.aggregate(last=Max("number"))["last"] or 0


def _files() -> Iterator[tuple[str, Path]]:
    """Every file of the installation but those that live two days, by name from their folder."""
    root = Path(settings.MEDIA_ROOT)
    for path in sorted(root.rglob("*")):
        name = path.relative_to(root).as_posix()
        if path.is_file() and not path.is_symlink() and name.split("/")[0] not in NOT_KEPT:
            yield name, path


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except FileNotFoundError:
        return 0


def require_room(folder: Path, needed: int) -> None:
    """Raise NoRoom, in plain words, when the disk of ``folder`` has less than ``needed`` bytes free."""
    space = os.statvfs(folder)
    free = space.f_bavail * space.f_frsize
    if free < needed:
        raise NoRoom(
            f"Il manque de la place dans « {folder} » : il faut {needed // 1_000_000} Mo, il en reste "
            f"{free // 1_000_000}. Rien n’a été écrit ; les sauvegardes précédentes sont intactes."
        )


def same_disk(one: Path, other: Path) -> bool:
    """True when both folders draw on the same free space."""
    return one.stat().st_dev == other.stat().st_dev


def _explained(error: Exception) -> tuple[Refused, BackupFailure]:
    """The refusal to show, and its code."""
    full = (isinstance(error, OSError) and error.errno in _FULL) or (
        isinstance(error, sqlite3.Error) and "full" in str(error)
    )
    if full:
        sentence = (
            "Le disque s’est rempli pendant la sauvegarde : elle n’a pas été gardée, les précédentes sont intactes."
        )
        return NoRoom(sentence), BackupFailure.DISQUE
    if isinstance(error, NoRoom):
        return error, BackupFailure.DISQUE
    if isinstance(error, engines.MissingTool):
        return error, BackupFailure.OUTIL
    if isinstance(error, CryptoError) or isinstance(error.__cause__, CryptoError):
        sentence = "Les clés ne s’ouvrent pas avec cette clé maîtresse : rien n’a été écrit."
        return error if isinstance(error, Refused) else Refused(sentence), BackupFailure.CLE
    if isinstance(error, Refused):
        return error, BackupFailure.AUTRE
    sentence = f"La sauvegarde s’est arrêtée sur une erreur ({type(error).__name__}) ; les précédentes sont intactes."
    return Refused(sentence), BackupFailure.AUTRE


def _note_failure(actor: Actor, taken_at: dt.datetime, why: BackupFailure) -> None:
    log.error("backup_failed", why=str(why))
    with suppress(Exception):  # a full disk may refuse this line too: the sentence still reaches the operator
        with transaction.atomic():
            backup = Backup.objects.create(taken_at=taken_at, engine=connection.vendor, failure=why)
            publish(BackupFailed(actor=actor, target_id=backup.pk, codes={"why": str(why)}))
