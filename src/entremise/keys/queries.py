"""Reads of the store of keys."""

import datetime as dt
from dataclasses import dataclass

from entremise.core.time import local
from entremise.keys.models import DataKey, KeyBackup


@dataclass(frozen=True)
class KeyBackupState:
    """What there is of backups of the store of keys; instants are None when there is none."""

    count: int
    oldest_at: dt.datetime | None
    newest_at: dt.datetime | None


def key_backups() -> KeyBackupState:
    """The backups of the store of keys that are still kept."""
    kept = list(KeyBackup.objects.filter(removed_at=None).order_by("taken_at").values_list("taken_at", flat=True))
    return KeyBackupState(len(kept), kept[0] if kept else None, kept[-1] if kept else None)


def lapses_on(destroyed_at: dt.datetime) -> dt.date:
    """The day from which no backup holds a key destroyed at that instant: that of the destruction without backups.

    Counts every backup taken before, at the latest date it may be kept, even one already removed: a copy made
    elsewhere follows the same rule (see docs/deploiement.md).
    """
    last = KeyBackup.objects.filter(taken_at__lte=destroyed_at).order_by("-lapses_at").first()
    return local(max(destroyed_at, last.lapses_at) if last else destroyed_at).date()


def newest_key_backup() -> str | None:
    """The file name of the newest backup of keys that is still kept."""
    kept = KeyBackup.objects.filter(removed_at=None).order_by("-taken_at")
    return kept.values_list("file_name", flat=True).first()


def oldest_key_at() -> dt.datetime | None:
    """When the first key of the installation was made."""
    return DataKey.objects.order_by("created_at").values_list("created_at", flat=True).first()
