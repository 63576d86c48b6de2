"""Backups, rehearsals and restores of the whole installation. No word of any person."""

import datetime as dt
from typing import Any

from django.conf import settings
from django.db import models

from entremise.core.db import UUIDModel
from entremise.core.time import now
from entremise.documents.words import megabytes
from entremise.privacy.enums import BackupFailure


class BackupQuerySet(models.QuerySet):
    """Backups taken, failed, gone."""

    def kept(self) -> Any:
        """Those whose file is still there."""
        return self.filter(failure="", removed_at=None)


class Backup(UUIDModel):
    """A backup of database, files and seals; the one that failed has a line too, without a file."""

    taken_at = models.DateTimeField("prise à", default=now)
    engine = models.CharField("moteur de base", max_length=20)
    file_name = models.CharField("fichier", max_length=80, blank=True, default="")
    size = models.PositiveBigIntegerField("taille en octets", default=0)
    seconds = models.PositiveIntegerField("durée en secondes", default=0)
    failure = models.CharField("motif d’échec", max_length=10, choices=BackupFailure, blank=True, default="")
    removed_at = models.DateTimeField("retirée à", null=True, blank=True)

    objects = BackupQuerySet.as_manager()

    class Meta:
        verbose_name = "sauvegarde"
        verbose_name_plural = "sauvegardes"
        ordering = ["-taken_at"]
        indexes = [models.Index(fields=["-taken_at"], name="privacy_backup_taken_idx")]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(failure="") ^ models.Q(file_name=""), name="privacy_backup_file_or_failure"
            ),
            models.UniqueConstraint(
                fields=["file_name"], condition=~models.Q(file_name=""), name="privacy_backup_one_file"
            ),
        ]

    def __str__(self) -> str:
        return self.file_name or f"échec {self.taken_at}"

    @property
    def is_kept(self) -> bool:
        """True while its file is there."""
        return not self.failure and self.removed_at is None

    @property
    def lapses_at(self) -> dt.datetime:
        """When it is to be removed; the newest one stays longer."""
        return self.taken_at + dt.timedelta(days=settings.BACKUPS_DAYS)

    @property
    def size_label(self) -> str:
        """``1,8 Mo``."""
        return megabytes(self.size)


class Rehearsal(UUIDModel):
    """A backup restored apart and verified there, to know that it would serve. ``failed`` names what did not hold."""

    at = models.DateTimeField("faite à", default=now)
    taken_at = models.DateTimeField("sauvegarde du", null=True)
    held = models.BooleanField("réussie", default=False)
    failed = models.JSONField("contrôles en défaut (codes)", default=list, blank=True)
    seconds = models.PositiveIntegerField("durée en secondes", default=0)

    class Meta:
        verbose_name = "répétition de restauration"
        verbose_name_plural = "répétitions de restauration"
        ordering = ["-at"]

    def __str__(self) -> str:
        return f"{self.at}"


class RestoreEpoch(UUIDModel):
    """One restore. The number only grows, and the identifier is like no other: a device that knows another epoch
    knows that the server went back in time, and sends again what it had been told was received since ``taken_at``.
    """

    number = models.PositiveIntegerField("numéro", unique=True)
    at = models.DateTimeField("restaurée à", default=now)
    taken_at = models.DateTimeField("sauvegarde du")

    class Meta:
        verbose_name = "époque de restauration"
        verbose_name_plural = "époques de restauration"
        ordering = ["-number"]

    def __str__(self) -> str:
        return f"{self.number}"
