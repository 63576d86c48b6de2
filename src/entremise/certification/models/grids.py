"""What a jury looks for: criteria and levels of each competence, written by the certifier, kept as a session used them.

The words are the certifier's own rules, not about anybody: they are published to candidates and stay in clear.
"""

from typing import Any

from django.db import models
from django.db.models import Q

from entremise.certification.models.base import HouseQuerySet, member_key
from entremise.certification.models.sessions import ExamSession
from entremise.competences.enums import Exam
from entremise.core.db import UUIDModel, organisation_key
from entremise.core.time import now


class Grid(UUIDModel):
    """One version of the grid of an examination of a block.

    ``content``: {competence: {"criteria": [words], "levels": {level: words}}}, in the order of the record.
    """

    organisation = organisation_key(db_index=False)
    record_code = models.CharField("certification", max_length=20)
    block_code = models.CharField("bloc", max_length=30)
    exam = models.CharField("épreuve", max_length=15, choices=Exam)
    version = models.PositiveSmallIntegerField("version", default=1)
    instructions = models.TextField("consigne", blank=True, default="")
    content = models.JSONField("critères et niveaux", default=dict)
    written_by = member_key("écrite par")
    written_at = models.DateTimeField("écrite à", default=now)

    objects = HouseQuerySet.as_manager()

    class Meta:
        verbose_name = "grille d’évaluation"
        verbose_name_plural = "grilles d’évaluation"
        ordering = ["block_code", "exam", "-version"]
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "record_code", "block_code", "exam", "version"],
                name="certification_grid_version",
            ),
            models.CheckConstraint(condition=Q(version__gte=1), name="certification_grid_counted"),
        ]

    def __str__(self) -> str:
        return f"{self.block_code} {self.exam} {self.version}"

    @property
    def stamp(self) -> int:
        """Which writing this is, in microseconds: a version nobody uses is written again in its place."""
        return round(self.written_at.timestamp() * 1_000_000)

    def of(self, competence: str) -> dict[str, Any]:
        """What was written of one competence."""
        found: dict[str, Any] = self.content.get(competence, {})
        return found


class SessionGrid(UUIDModel):
    """The version a session uses, from its convocation on: it changes no more."""

    session = models.ForeignKey(ExamSession, verbose_name="session", on_delete=models.CASCADE, related_name="grids")
    grid = models.ForeignKey(Grid, verbose_name="grille", on_delete=models.PROTECT, related_name="uses")

    class Meta:
        verbose_name = "grille d’une session"
        verbose_name_plural = "grilles d’une session"
        constraints = [models.UniqueConstraint(fields=["session", "grid"], name="certification_grid_used_once")]

    def __str__(self) -> str:
        return str(self.pk)
