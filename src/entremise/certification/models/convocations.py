"""What was sent to whom: a convocation, to a candidate or to a member of the jury."""

import uuid

from django.db import models
from django.db.models import Q

from entremise.certification.models.candidates import Candidate
from entremise.certification.models.sessions import ExamSession, Seat
from entremise.core.db import UUIDModel
from entremise.core.time import now


class Convocation(UUIDModel):
    """One convocation sent to somebody awaited in a session. A change makes another line: what was said stays.

    ``told``: the appointments it gives, ``undone``: those it takes back, as ``certification.asked`` writes them.
    ``sequence`` grows with each change: a calendar replaces what it knew.
    """

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
    told = models.JSONField("rendez-vous donnés", default=list)
    undone = models.JSONField("rendez-vous repris", default=list)
    sequence = models.PositiveIntegerField("rang du changement", default=0)

    class Meta:
        verbose_name = "convocation"
        verbose_name_plural = "convocations"
        constraints = [
            models.CheckConstraint(
                condition=Q(candidate=None, seat__isnull=False) | Q(candidate__isnull=False, seat=None),
                name="certification_called_one_person",
            ),
        ]

    def __str__(self) -> str:
        return str(self.pk)

    @property
    def who(self) -> uuid.UUID:
        """The candidate, or the seat."""
        return self.candidate_id or self.seat_id  # type: ignore[return-value]
