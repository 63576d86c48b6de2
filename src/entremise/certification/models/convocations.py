"""What was sent to whom: a convocation, to a candidate or to a member of the jury."""

from django.db import models
from django.db.models import Q

from entremise.certification.models.candidates import Candidate
from entremise.certification.models.sessions import ExamSession, Seat
from entremise.core.db import UUIDModel
from entremise.core.time import now


class Convocation(UUIDModel):
    """The last convocation sent by mail to somebody awaited in a session."""

    session = models.ForeignKey(
        ExamSession, verbose_name="session", on_delete=models.CASCADE, related_name="convocations"
    )
    candidate = models.ForeignKey(
        Candidate, verbose_name="candidat", on_delete=models.CASCADE, null=True, blank=True, related_name="convocations"
    )
    seat = models.ForeignKey(
        Seat, verbose_name="siège", on_delete=models.CASCADE, null=True, blank=True, related_name="convocations"
    )
    asked_at = models.DateTimeField("demandée à", default=now)
    mailed_at = models.DateTimeField("envoyée à", null=True, blank=True)

    class Meta:
        verbose_name = "convocation"
        verbose_name_plural = "convocations"
        constraints = [
            models.UniqueConstraint(fields=["session", "candidate"], name="certification_candidate_called"),
            models.UniqueConstraint(fields=["seat"], name="certification_member_called"),
            models.CheckConstraint(
                condition=Q(candidate=None, seat__isnull=False) | Q(candidate__isnull=False, seat=None),
                name="certification_called_one_person",
            ),
        ]

    def __str__(self) -> str:
        return str(self.pk)
