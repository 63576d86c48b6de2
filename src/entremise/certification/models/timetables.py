"""When the passages of a session are held, and how its days are."""

import datetime as dt
from typing import Any

from django.db import models
from django.db.models import F, Q

from entremise.certification.enums import OrderRule, Turn
from entremise.certification.models.sessions import ExamSession, Sitting
from entremise.core.db import UUIDModel
from entremise.core.time import now


def every_day() -> dict[str, Any]:
    """Usual hours, before the certifier says theirs."""
    return {"opens": dt.time(9), "closes": dt.time(17, 30), "pause_from": dt.time(12), "pause_to": dt.time(13, 30)}


class Timetable(UUIDModel):
    """How the days of a session are held, as last asked. Lengths in minutes; ``lasts`` by block."""

    session = models.OneToOneField(
        ExamSession, verbose_name="session", on_delete=models.CASCADE, related_name="timetable"
    )
    opens = models.TimeField("début de la journée")
    closes = models.TimeField("fin de la journée")
    pause_from = models.TimeField("début de la pause")
    pause_to = models.TimeField("fin de la pause")
    lasts = models.JSONField("durée des passages", default=dict)
    between = models.PositiveSmallIntegerField("entre deux passages", default=10)
    rest = models.PositiveSmallIntegerField("repos d’un candidat", default=20)
    order = models.CharField("ordre", max_length=15, choices=OrderRule, default=OrderRule.DRAWN)
    turn = models.CharField("tour", max_length=10, choices=Turn, default=Turn.BLOCK)
    room = models.CharField("salle", max_length=80, blank=True, default="")

    class Meta:
        verbose_name = "journée d’une session"
        verbose_name_plural = "journées d’une session"
        constraints = [
            models.CheckConstraint(
                condition=Q(closes__gt=F("opens")) & Q(pause_to__gte=F("pause_from")),
                name="certification_day_ends_after_it_begins",
            )
        ]

    def __str__(self) -> str:
        return str(self.pk)


class Slot(UUIDModel):
    """When and where a passage is held. A passage without one waits for its hour."""

    sitting = models.OneToOneField(Sitting, verbose_name="passage", on_delete=models.CASCADE, related_name="slot")
    starts_at = models.DateTimeField("commence à")
    ends_at = models.DateTimeField("finit à")
    room = models.CharField("salle", max_length=80, blank=True, default="")
    placed_at = models.DateTimeField("placé à", default=now)

    class Meta:
        verbose_name = "créneau de passage"
        verbose_name_plural = "créneaux de passage"
        indexes = [models.Index(fields=["starts_at"], name="certification_slot_hours")]
        constraints = [
            models.CheckConstraint(condition=Q(ends_at__gt=F("starts_at")), name="certification_slot_lasts"),
        ]

    def __str__(self) -> str:
        return str(self.pk)
