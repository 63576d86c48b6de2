"""The presence timer of a member: armed on the server, ended by hand, or else it raises the alarm."""

from typing import Any

from django.db import models
from django.db.models import F, Q

from entremise.core.actor import Actor
from entremise.core.time import now
from entremise.safety.enums import TimerState
from entremise.safety.models.base import OwnedModel, member_key, site_key, team_key


class TimerQuerySet(models.QuerySet):
    """A timer is its member's own; the others see the alarm it raises, never the minutes before."""

    def visible_to(self, actor: Actor) -> Any:
        """The actor's own timers."""
        if actor.organisation_id is None or actor.member_id is None:
            return self.none()
        return self.filter(organisation_id=actor.organisation_id, member_id=actor.member_id)

    def running(self) -> Any:
        """Neither ended nor run out."""
        return self.filter(ended_at=None, fired_at=None)


class PresenceTimer(OwnedModel):
    """« If I have not said that all is well by then, call. »"""

    personal = ("armed_at",)
    team = team_key()
    member = member_key("membre")
    site = site_key()
    armed_at = models.DateTimeField("demandé à", default=now)
    # Written by the worker, not by the page: a timer that nobody watches is not armed, and must not look it.
    watched_at = models.DateTimeField("pris en veille à", null=True, blank=True)
    due_at = models.DateTimeField("alarme à")
    ended_at = models.DateTimeField("terminé à", null=True, blank=True)
    fired_at = models.DateTimeField("alarme donnée à", null=True, blank=True)
    wrong_codes = models.PositiveSmallIntegerField("codes faux de suite", default=0)

    objects = TimerQuerySet.as_manager()

    class Meta:
        verbose_name = "minuteur de présence"
        verbose_name_plural = "minuteurs de présence"
        indexes = [
            models.Index(fields=["member", "-armed_at"], name="safety_timer_member"),
            models.Index(fields=["due_at"], name="safety_timer_due", condition=Q(ended_at=None, fired_at=None)),
            models.Index(fields=["organisation", "armed_at"], name="safety_timer_age"),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(due_at__gt=F("armed_at")), name="safety_timer_later"),
            models.UniqueConstraint(
                fields=["member"], condition=Q(ended_at=None, fired_at=None), name="safety_timer_one_at_a_time"
            ),
        ]

    def __str__(self) -> str:
        return f"Minuteur {self.pk}"

    @property
    def state(self) -> TimerState:
        """Where it stands, as its member may read it."""
        if self.ended_at is not None:
            return TimerState.TERMINE
        if self.fired_at is not None:
            return TimerState.ALARME
        return TimerState.ARME if self.watched_at is not None else TimerState.ATTENTE
