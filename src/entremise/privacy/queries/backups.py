"""Reads of backups: of the whole installation, so that every organisation it hosts sees the same."""

import datetime as dt
from dataclasses import dataclass
from functools import reduce
from operator import or_

from django.conf import settings
from django.db.models import Q, QuerySet, Subquery

from entremise.core.time import now
from entremise.core.ui.formats import short_date
from entremise.keys.queries import KeyBackupState, key_backups, oldest_key_at
from entremise.privacy.models import Backup, Rehearsal, RestoreEpoch

RECENT = dt.timedelta(hours=50)  # two nights
REHEARSED = dt.timedelta(days=40)  # it is rehearsed every thirty
REHEARSALS = 6
EPOCHS = 3


@dataclass(frozen=True)
class BackupsOverview:
    """What an administrator needs to know; None where there is nothing."""

    configured: bool
    newest: Backup | None
    oldest: Backup | None
    failure: Backup | None
    keys: KeyBackupState
    rehearsals: list[Rehearsal]
    epochs: list[RestoreEpoch]
    days: int
    key_days: int

    @property
    def is_recent(self) -> bool:
        """True when the newest backup is of the last two nights."""
        return self.newest is not None and now() - self.newest.taken_at <= RECENT

    @property
    def rehearsal(self) -> Rehearsal | None:
        """The last rehearsal."""
        return self.rehearsals[0] if self.rehearsals else None


def is_new_installation() -> bool:
    """True in the first two days of an installation: nothing is late yet."""
    oldest = oldest_key_at()
    return oldest is None or now() - oldest <= RECENT


def rehearsal_is_missing(last: Rehearsal | None) -> bool:
    """No rehearsal lately, once there has been long enough something to rehearse."""
    if last is not None:
        return now() - last.at > REHEARSED
    first = Backup.objects.order_by("taken_at").first()
    return now() - first.taken_at > REHEARSED if first else not is_new_installation()


@dataclass(frozen=True)
class BackupsFault:
    """What is wrong: a code, and the sentence of it."""

    code: str
    words: str


def backups_faults() -> list[BackupsFault]:
    """What the administrator should know without opening the page; empty when all is well or nothing is configured."""
    if settings.BACKUPS is None:
        return []
    found = []
    newest = Backup.objects.kept().order_by("-taken_at").first()
    if newest is None and not is_new_installation():
        found.append(BackupsFault("retard", "aucune n’a été prise"))
    elif newest is not None and now() - newest.taken_at > RECENT:
        found.append(BackupsFault("retard", f"la dernière date du {short_date(newest.taken_at)}"))
    last = Rehearsal.objects.order_by("-at").first()
    if last is not None and not last.held:
        found.append(BackupsFault("repetition", f"celle du {short_date(last.at)} n’a pas tenu"))
    elif newest is not None and rehearsal_is_missing(last):
        words = f"la dernière date du {short_date(last.at)}" if last else "aucune n’a été faite"
        found.append(BackupsFault("repetition", words))
    return found


def list_backups() -> QuerySet[Backup]:
    """Every backup, those that failed and those that are gone too; the newest first."""
    return Backup.objects.order_by("-taken_at")


def backups_overview() -> BackupsOverview:
    """The state of the backups, in a fixed number of queries. ``failure`` is only given while nothing came after."""
    oldest, newest, last = _ends()
    return BackupsOverview(
        configured=settings.BACKUPS is not None,
        newest=newest,
        oldest=oldest,
        failure=last if last is not None and last.failure else None,
        keys=key_backups(),
        rehearsals=list(Rehearsal.objects.order_by("-at")[:REHEARSALS]),
        epochs=list(RestoreEpoch.objects.order_by("-number")[:EPOCHS]),
        days=settings.BACKUPS_DAYS,
        key_days=settings.KEY_BACKUPS_DAYS,
    )


def _ends() -> tuple[Backup | None, Backup | None, Backup | None]:
    """The oldest and the newest backup still there, and the last one attempted: one query, each found by its index."""
    kept = Backup.objects.kept()
    wanted = (kept.order_by("taken_at"), kept.order_by("-taken_at"), list_backups())
    either = reduce(or_, (Q(pk=Subquery(rows.values("pk")[:1])) for rows in wanted))
    found = list(Backup.objects.filter(either).order_by("taken_at"))
    there = [one for one in found if one.is_kept]
    return (there[0], there[-1], found[-1]) if there else (None, None, found[-1] if found else None)
