"""Data keys, wrapped under the master key, in a database of their own (see ``router``)."""

from django.db import models

from entremise.core.db import UUIDModel
from entremise.core.time import now


class Tombstone(models.Model):
    """The trace that a person or a case was erased: applied again to whatever an old backup brings back.

    ``settled_at`` comes when the rows are emptied and the destroyed key has left the files of the store: until then
    the periodic work takes the erasure up again.
    """

    scope_kind = models.CharField("portée", max_length=20)
    scope_id = models.UUIDField("identifiant de la portée")
    erased_at = models.DateTimeField("effacée à", default=now)
    settled_at = models.DateTimeField("achevée à", null=True, blank=True)

    class Meta:
        verbose_name = "trace d’effacement"
        verbose_name_plural = "traces d’effacement"
        constraints = [models.UniqueConstraint(fields=["scope_kind", "scope_id"], name="keys_one_tombstone")]
        indexes = [
            models.Index(fields=["scope_kind"], name="keys_unsettled", condition=models.Q(settled_at=None)),
        ]

    def __str__(self) -> str:
        return f"{self.scope_kind} {self.scope_id}"


class DataKey(UUIDModel):
    """A data key of one scope, readable only with the master key. Destroying it erases what it sealed.

    A retired key seals nothing new. It stays, for the backups that need it, until nothing was sealed with it for as
    long as a backup is kept (``unused_since``).
    """

    scope_kind = models.CharField("portée", max_length=20)
    scope_id = models.UUIDField("identifiant de la portée", null=True)
    wrapped = models.BinaryField("clé enveloppée", null=True)
    created_at = models.DateTimeField("créée à", default=now)
    retired_at = models.DateTimeField("remplacée à", null=True)
    unused_since = models.DateTimeField("plus utilisée depuis", null=True)
    destroyed_at = models.DateTimeField("détruite à", null=True)

    class Meta:
        verbose_name = "clé de données"
        verbose_name_plural = "clés de données"
        constraints = [
            # Two constraints and not one with "nulls not distinct", which SQLite would silently leave out.
            models.UniqueConstraint(
                fields=["scope_kind", "scope_id"],
                condition=models.Q(scope_id__isnull=False, retired_at=None, destroyed_at=None),
                name="keys_one_current_key",
            ),
            models.UniqueConstraint(
                fields=["scope_kind"],
                condition=models.Q(scope_id=None, retired_at=None, destroyed_at=None),
                name="keys_one_current_key_alone",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.scope_kind} {self.id}"


class KeyBackup(UUIDModel):
    """A backup of the store of keys, written down before its file appears: none can be missing from this list."""

    taken_at = models.DateTimeField("prise à", default=now)
    lapses_at = models.DateTimeField("retirée après")
    file_name = models.CharField("fichier", max_length=80, unique=True)
    size = models.PositiveBigIntegerField("taille en octets", default=0)
    keys = models.PositiveIntegerField("clés", default=0)
    removed_at = models.DateTimeField("retirée à", null=True)

    class Meta:
        verbose_name = "sauvegarde des clés"
        verbose_name_plural = "sauvegardes des clés"
        ordering = ["-taken_at"]

    def __str__(self) -> str:
        return self.file_name
