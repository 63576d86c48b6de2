"""Files that the work queue prepares for one person."""

import datetime as dt

from django.db import models

from entremise.core.actor import Actor
from entremise.core.db import UUIDModel, organisation_key
from entremise.core.time import now
from entremise.documents.enums import PENDING, Failure, FileStatus
from entremise.documents.registry import title_of
from entremise.documents.words import megabytes

LIFETIME = dt.timedelta(hours=48)


def _expiry() -> dt.datetime:
    return now() + LIFETIME


class GeneratedFileQuerySet(models.QuerySet):
    """Only ever seen by the one who asked."""

    def visible_to(self, actor: Actor) -> "GeneratedFileQuerySet":
        """The files that this very member asked for."""
        if actor.member_id is None:
            return self.none()
        return self.filter(organisation_id=actor.organisation_id, requested_by_id=actor.member_id)


class GeneratedFile(UUIDModel):
    """A long list, or a file about someone: asked, prepared, sealed, taken, erased when its time has come."""

    organisation = organisation_key()
    requested_by = models.ForeignKey(
        "accounts.Member", verbose_name="demandé par", on_delete=models.CASCADE, related_name="+"
    )
    kind = models.CharField("liste", max_length=60)
    subject_id = models.UUIDField("fiche dont il parle", null=True, blank=True)
    params = models.JSONField("filtres (codes)", default=list)
    status = models.CharField("état", max_length=10, choices=FileStatus, default=FileStatus.ATTENTE)
    failure = models.CharField("motif d’échec", max_length=10, choices=Failure, blank=True, default="")
    attempt = models.PositiveSmallIntegerField("essai", default=0)
    progress_done = models.PositiveIntegerField("lignes écrites", default=0)
    progress_total = models.PositiveIntegerField("lignes attendues", default=0)
    progress_at = models.DateTimeField("dernier progrès", default=now)
    file_name = models.CharField("fichier", max_length=80, blank=True, default="")
    size = models.PositiveBigIntegerField("taille en octets", default=0)
    created_at = models.DateTimeField("demandé à", default=now)
    expires_at = models.DateTimeField("effacé après", default=_expiry)
    downloaded_count = models.PositiveIntegerField("téléchargements", default=0)

    personal = ("params", "file_name", "subject_id")
    objects = GeneratedFileQuerySet.as_manager()

    class Meta:
        verbose_name = "export préparé"
        verbose_name_plural = "exports préparés"
        ordering = ["-created_at"]
        indexes = [
            models.Index(fields=["organisation", "requested_by", "-created_at"], name="documents_file_own_idx"),
            models.Index(fields=["status", "expires_at"], name="documents_file_expiry_idx"),
            models.Index(
                fields=["subject_id"],
                name="documents_file_subject_idx",
                condition=models.Q(subject_id__isnull=False),
            ),
        ]
        constraints = [
            models.CheckConstraint(
                condition=(models.Q(status=FileStatus.PRETE) & ~models.Q(file_name=""))
                | (~models.Q(status=FileStatus.PRETE) & models.Q(file_name="")),
                name="documents_file_only_when_ready",
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.pk}"

    @property
    def title(self) -> str:
        """The title of the list."""
        return title_of(self.kind)

    @property
    def is_pending(self) -> bool:
        """Asked and not finished."""
        return self.status in PENDING

    @property
    def is_ready(self) -> bool:
        """May be taken now."""
        return self.status == FileStatus.PRETE and self.expires_at > now()

    @property
    def size_label(self) -> str:
        """The size as people say it: ``1,8 Mo``, ``340 ko``."""
        return megabytes(self.size)
