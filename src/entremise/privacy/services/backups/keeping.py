"""What the periodic work does for backups: take one each night, remove the old ones, rehearse each month."""

import datetime as dt
from contextlib import suppress
from pathlib import Path

import structlog
from django.conf import settings
from django.db import connection

from entremise.core.actor import system_actor
from entremise.core.errors import Refused
from entremise.core.time import local, now
from entremise.keys.services import adopt_key_files, remove_lapsed_keys, remove_unused_keys
from entremise.privacy.models import Backup, Rehearsal
from entremise.privacy.services.backups.rehearsing import rehearse
from entremise.privacy.services.backups.staging import read_head
from entremise.privacy.services.backups.taking import SUFFIX, folders, take_backup

log = structlog.get_logger("entremise.privacy")

NIGHT = range(1, 6)  # local hours
LATE = dt.timedelta(hours=26)  # a machine asleep at night backs up when it wakes
FRESH = dt.timedelta(hours=12)
RETRY = dt.timedelta(hours=3)
REHEARSED_EVERY = dt.timedelta(days=30)


def tick() -> str:
    """One line for the operator. Raises Refused when the backup of the night could not be made."""
    if settings.BACKUPS is None:
        return "aucun dossier de sauvegarde n’est réglé"
    found, removed = adopt(), remove_old()
    taken = rehearsed = 0
    if backup_is_due():
        take_backup(actor=system_actor())
        taken = 1
    if rehearsal_is_due():
        rehearse(actor=system_actor())
        rehearsed = 1
    retired = remove_unused_keys(actor=system_actor(), before=oldest_needed())
    told = f"{taken} prise, {rehearsed} répétée, {removed} retirées, {found} retrouvées"
    return f"{told}, {retired} clés remplacées retirées"


def oldest_needed() -> dt.datetime:
    """The instant before which no backup that is kept was taken; copies made elsewhere last as long."""
    oldest = Backup.objects.kept().order_by("taken_at").first()
    limit = now() - dt.timedelta(days=settings.BACKUPS_DAYS)
    return min(limit, oldest.taken_at) if oldest else limit


def backup_is_due() -> bool:
    """At night when the last one is not of this night, at any hour when it is late; not again right after a failure."""
    at = now()
    if Backup.objects.exclude(failure="").filter(taken_at__gt=at - RETRY).exists():
        return False
    last = Backup.objects.filter(failure="").order_by("-taken_at").values_list("taken_at", flat=True).first()
    return last is None or at - last > LATE or (local(at).hour in NIGHT and at - last > FRESH)


def rehearsal_is_due() -> bool:
    """Every thirty days, once there is something to rehearse."""
    last = Rehearsal.objects.order_by("-at").values_list("at", flat=True).first()
    if last is not None and now() - last <= REHEARSED_EVERY:
        return False
    return Backup.objects.kept().exists()


def remove_old() -> int:
    """Remove the backups whose time has come, data and keys; gives how many. The newest of data always stays."""
    folder, key_folder = folders()
    removed = remove_lapsed_keys(key_folder)
    kept = Backup.objects.kept().order_by("-taken_at")
    newest = kept.first()
    limit = now() - dt.timedelta(days=settings.BACKUPS_DAYS)
    for backup in kept.filter(taken_at__lte=limit):
        if newest is None or backup.pk != newest.pk:
            removed += _remove(folder / backup.file_name, backup)
    return removed


def _remove(path: Path, backup: Backup) -> int:
    try:
        path.unlink(missing_ok=True)
    except OSError as error:  # tried again next time; it does not keep the others
        log.error("backup_resists", why=error.strerror)
        return 0
    return Backup.objects.filter(pk=backup.pk).update(removed_at=now())


def adopt() -> int:
    """Make the lists agree with the folders: files that a restore made us forget, files that are gone."""
    folder, key_folder = folders()
    found = adopt_key_files(key_folder)
    present = {path.name: path for path in sorted(folder.glob(f"*{SUFFIX}"))}
    Backup.objects.kept().exclude(file_name__in=present).update(removed_at=now())
    # Files that were away (a disk not mounted): kept again, or removed when their time has come.
    found += Backup.objects.filter(file_name__in=present).exclude(removed_at=None).update(removed_at=None)
    known = set(Backup.objects.exclude(file_name="").values_list("file_name", flat=True))
    fresh = [path for name, path in present.items() if name not in known]
    for path in fresh:
        _adopt(path)
    return found + len(fresh)


def _adopt(path: Path) -> None:
    taken_at, engine = dt.datetime.fromtimestamp(path.stat().st_mtime, dt.UTC), connection.vendor
    with suppress(Refused):  # one we cannot open is listed all the same: it takes room, and lapses
        head = read_head(path)
        taken_at, engine = dt.datetime.fromisoformat(head["taken_at"]), head["engine"]
    Backup.objects.create(taken_at=taken_at, engine=engine, file_name=path.name, size=path.stat().st_size)
