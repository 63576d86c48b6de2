"""An alert to the team, what each one answered, and whom the server wrote to."""

from typing import Any

from django.db import models
from django.db.models import Exists, OuterRef, Q

from entremise.accounts.enums import Role
from entremise.core.actor import Actor
from entremise.core.db import UUIDModel
from entremise.core.time import now
from entremise.safety.enums import DISCREET, AlertEnd, AlertOrigin, AnswerKind
from entremise.safety.models.base import OwnedModel, member_key, site_key, team_key
from entremise.safety.models.chain import OnCallRung


class AlertQuerySet(models.QuerySet):
    """Alerts of the actor's teams, and those that called the actor."""

    def visible_to(self, actor: Actor) -> Any:
        """A discreet alert is shown to those who can help and never to the member it is about: a hand may hold
        their phone.
        """
        if actor.organisation_id is None or actor.member_id is None:
            return self.none()
        alerts = self.filter(organisation_id=actor.organisation_id)
        of_teams = Q(team_id__in=actor.team_ids)
        if actor.has_role(Role.ENCADRANT):
            mine = of_teams
        elif actor.has_role(Role.MEDIATEUR):
            mine = of_teams & ~Q(origin__in=DISCREET)
        else:
            mine = Q(pk=None)
        called = Exists(AlertCall.objects.filter(alert_id=OuterRef("pk"), member_id=actor.member_id))
        return alerts.filter(mine | Q(called)).exclude(origin__in=DISCREET, author_id=actor.member_id)


class Alert(OwnedModel):
    """Someone of the team may need help, at a place. It carries no word."""

    personal = ("raised_at",)
    team = team_key()
    author = member_key("membre concerné")
    site = site_key()
    origin = models.CharField("origine", max_length=12, choices=AlertOrigin)
    timer = models.ForeignKey(
        "safety.PresenceTimer",
        verbose_name="minuteur",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="alerts",
    )
    raised_at = models.DateTimeField("donnée à", default=now)
    next_call_at = models.DateTimeField("prochain rang prévenu à", null=True, blank=True)
    called_rungs = models.PositiveSmallIntegerField("rangs déjà prévenus", default=0)
    taken_at = models.DateTimeField("prise en charge à", null=True, blank=True)
    taken_by = member_key("prise en charge par", null=True, blank=True)
    closed_at = models.DateTimeField("close à", null=True, blank=True)
    closed_by = member_key("close par", null=True, blank=True)
    end = models.CharField("fin", max_length=12, choices=AlertEnd, blank=True, default="")
    revision = models.PositiveIntegerField("révision", default=1)

    objects = AlertQuerySet.as_manager()

    class Meta:
        verbose_name = "alerte d'équipe"
        verbose_name_plural = "alertes d'équipe"
        indexes = [
            models.Index(fields=["team", "-raised_at", "-id"], name="safety_alert_team"),
            models.Index(fields=["organisation", "-raised_at"], name="safety_alert_organisation"),
            models.Index(fields=["organisation", "team"], name="safety_alert_open", condition=Q(closed_at=None)),
            models.Index(
                fields=["next_call_at"], name="safety_alert_next_call", condition=Q(next_call_at__isnull=False)
            ),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(closed_at=None, end="") | (Q(closed_at__isnull=False) & ~Q(end="")),
                name="safety_alert_closed_says_how",
            )
        ]

    def __str__(self) -> str:
        return f"Alerte {self.pk}"

    @property
    def is_open(self) -> bool:
        """Until someone says how it ended."""
        return self.closed_at is None

    @property
    def is_discreet(self) -> bool:
        """True when the member concerned must see nothing of it."""
        return self.origin in DISCREET


class AlertAnswer(UUIDModel):
    """Someone said that they saw an alert, or that they see to it."""

    alert = models.ForeignKey(Alert, verbose_name="alerte", on_delete=models.CASCADE, related_name="answers")
    member = member_key("membre")
    kind = models.CharField("réponse", max_length=8, choices=AnswerKind, default=AnswerKind.VU)
    at = models.DateTimeField("à", default=now)

    class Meta:
        verbose_name = "réponse à une alerte"
        verbose_name_plural = "réponses à une alerte"
        constraints = [models.UniqueConstraint(fields=["alert", "member"], name="safety_answer_once")]

    def __str__(self) -> str:
        return f"{self.alert_id} {self.kind}"


class AlertCall(UUIDModel):
    """The server wrote to a member about an alert. ``rung`` is empty for the members on duty, written to at once."""

    alert = models.ForeignKey(Alert, verbose_name="alerte", on_delete=models.CASCADE, related_name="calls")
    member = member_key("membre prévenu", null=True, blank=True)
    rung = models.ForeignKey(
        OnCallRung, verbose_name="rang", null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    asked_at = models.DateTimeField("demandé à", default=now)
    sent_at = models.DateTimeField("courriel parti à", null=True, blank=True)

    class Meta:
        verbose_name = "appel de l'astreinte"
        verbose_name_plural = "appels de l'astreinte"
        indexes = [models.Index(fields=["member", "alert"], name="safety_call_member")]

    def __str__(self) -> str:
        return f"{self.alert_id} {self.asked_at}"
