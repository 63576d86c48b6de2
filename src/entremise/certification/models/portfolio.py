"""The portfolio a candidate deposits, and what a member of a jury signs before reading one."""

from django.db import models

from entremise.certification.models.base import OfCandidate
from entremise.certification.models.candidates import Candidate
from entremise.certification.models.sessions import Seat
from entremise.core.db import EncryptedTextField, UUIDModel
from entremise.core.time import now


class Submission(OfCandidate, UUIDModel):
    """A frozen portfolio as its author deposited it: the same bytes, the same fingerprint, under the candidate's key.

    A copy and not a reference: the portfolio stays its author's, who may leave with it; the proof stays with the file.
    """

    candidate = models.ForeignKey(
        Candidate, verbose_name="candidat", on_delete=models.CASCADE, related_name="submissions"
    )
    content = EncryptedTextField("portfolio déposé", blank=True, default="")
    digest = models.CharField("empreinte", max_length=64)
    frozen_at = models.DateTimeField("figé à")
    submitted_at = models.DateTimeField("déposé à", default=now)

    class Meta:
        verbose_name = "portfolio déposé"
        verbose_name_plural = "portfolios déposés"
        ordering = ["-submitted_at", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["candidate", "digest"], name="certification_submitted_once"),
        ]

    def __str__(self) -> str:
        return self.digest[:12]


class SubmissionFile(OfCandidate, UUIDModel):
    """A file that the deposited portfolio holds, copied with it under the candidate's key; the last deposit's only."""

    personal = ("media_type",)

    candidate = models.ForeignKey(
        Candidate, verbose_name="candidat", on_delete=models.CASCADE, related_name="submitted_files"
    )
    media_type = models.CharField("type de contenu", max_length=40)
    size = models.PositiveIntegerField("taille en octets")
    digest = models.CharField("empreinte", max_length=64)
    content = EncryptedTextField("contenu")

    class Meta:
        verbose_name = "fichier d’un portfolio déposé"
        verbose_name_plural = "fichiers des portfolios déposés"
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["candidate", "digest"], name="certification_submitted_file_once"),
        ]

    def __str__(self) -> str:
        return self.digest[:12]


class Pledge(UUIDModel):
    """A member of a jury signed that what the portfolios of this session say goes no further."""

    seat = models.OneToOneField(Seat, verbose_name="siège", on_delete=models.CASCADE, related_name="pledge")
    digest = models.CharField("empreinte du texte signé", max_length=64)
    signed_at = models.DateTimeField("signé à", default=now)

    class Meta:
        verbose_name = "engagement de confidentialité"
        verbose_name_plural = "engagements de confidentialité"

    def __str__(self) -> str:
        return str(self.pk)
