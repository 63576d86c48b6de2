"""Rounds, drop-ins, school-gate and line presence: who, when, where, how many hellos."""

from django.db import models
from django.db.models import F, Q

from entremise.core.db import UUIDModel
from entremise.core.time import now
from entremise.presence.enums import AgeBand, Reception, RoundKind, RoundStatus
from entremise.presence.models.base import OwnedModel, TeamQuerySet, member_key, site_key, team_key


class Round(OwnedModel):
    """A period of presence of one team. It is opened, closed and merged by people only."""

    team = team_key()
    kind = models.CharField("nature", max_length=20, choices=RoundKind)
    sector = models.ForeignKey(
        "places.Sector",
        verbose_name="secteur",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        db_index=False,
    )
    status = models.CharField("état", max_length=10, choices=RoundStatus)
    planned_start = models.DateTimeField("début prévu", null=True, blank=True)
    planned_end = models.DateTimeField("fin prévue", null=True, blank=True)
    started_at = models.DateTimeField("début", null=True, blank=True)
    ended_at = models.DateTimeField("fin", null=True, blank=True)
    begins_at = models.DateTimeField("début réel, sinon prévu")
    minutes = models.PositiveIntegerField("durée en minutes", null=True, blank=True)
    merged_into = models.ForeignKey(
        "self", verbose_name="réunie à", null=True, blank=True, on_delete=models.PROTECT, related_name="absorbed"
    )
    created_by = member_key("créée par")
    created_at = models.DateTimeField("créée à", default=now)

    objects = TeamQuerySet.as_manager()

    class Meta:
        verbose_name = "tournée"
        verbose_name_plural = "tournées"
        indexes = [
            models.Index(fields=["organisation", "-begins_at", "-id"], name="presence_round_org"),
            models.Index(fields=["team", "-begins_at", "-id"], name="presence_round_team"),
            models.Index(fields=["team", "status", "-begins_at"], name="presence_round_status"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(ended_at=None) | Q(ended_at__gte=F("started_at")), name="presence_round_hours"
            ),
            models.CheckConstraint(
                condition=Q(planned_end=None) | Q(planned_end__gte=F("planned_start")), name="presence_round_plan"
            ),
            models.CheckConstraint(
                condition=~Q(status="ouverte") | Q(started_at__isnull=False, ended_at=None), name="presence_round_open"
            ),
            models.CheckConstraint(
                condition=~Q(status="terminee") | Q(ended_at__isnull=False, minutes__isnull=False),
                name="presence_round_closed",
            ),
            models.CheckConstraint(
                condition=~Q(status="reunie") | Q(merged_into__isnull=False), name="presence_round_merged"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.pk}"

    @property
    def is_open(self) -> bool:
        """True while the team is out."""
        return self.status == RoundStatus.OUVERTE


class RoundMember(UUIDModel):
    """Someone of the pair (binôme) or of the team that is out."""

    round = models.ForeignKey(Round, verbose_name="tournée", on_delete=models.CASCADE, related_name="people")
    member = models.ForeignKey(
        "accounts.Member", verbose_name="membre", on_delete=models.PROTECT, related_name="+", db_index=False
    )

    class Meta:
        verbose_name = "participation à une tournée"
        verbose_name_plural = "participations à une tournée"
        constraints = [models.UniqueConstraint(fields=["round", "member"], name="presence_round_member_once")]
        indexes = [models.Index(fields=["member", "-round"], name="presence_member_rounds")]

    def __str__(self) -> str:
        return f"{self.round_id} {self.member_id}"


class Stop(OwnedModel):
    """The passage of a round at one site."""

    round = models.ForeignKey(
        Round, verbose_name="tournée", on_delete=models.CASCADE, related_name="stops", db_index=False
    )
    site = site_key()
    arrived_at = models.DateTimeField("arrivée")
    left_at = models.DateTimeField("départ", null=True, blank=True)
    atmosphere = models.CharField("ambiance", max_length=60, blank=True, default="")
    reception = models.CharField("accueil", max_length=20, choices=Reception, blank=True, default="")

    class Meta:
        verbose_name = "passage"
        verbose_name_plural = "passages"
        indexes = [
            models.Index(fields=["round", "-arrived_at"], name="presence_stop_round"),
            models.Index(fields=["site", "-arrived_at"], name="presence_stop_site"),
            models.Index(fields=["organisation", "arrived_at"], name="presence_stop_org"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(left_at=None) | Q(left_at__gte=F("arrived_at")), name="presence_stop_hours"
            )
        ]

    def __str__(self) -> str:
        return f"{self.site_id} {self.arrived_at:%H:%M}"


class Tally(UUIDModel):
    """Contacts counted at one stop for one age band. Encounters, not persons."""

    stop = models.ForeignKey(Stop, verbose_name="passage", on_delete=models.CASCADE, related_name="tallies")
    age_band = models.CharField("tranche d’âge", max_length=30, choices=AgeBand, default=AgeBand.NON_COMMUNIQUE)
    count = models.PositiveIntegerField("contacts", default=0)
    counted_at = models.DateTimeField("dernier compte", default=now)

    class Meta:
        verbose_name = "compte de contacts"
        verbose_name_plural = "comptes de contacts"
        constraints = [
            models.UniqueConstraint(fields=["stop", "age_band"], name="presence_tally_once"),
            models.CheckConstraint(condition=Q(count__gte=0), name="presence_tally_positive"),
        ]

    def __str__(self) -> str:
        return f"{self.age_band} {self.count}"


class TallyTap(models.Model):
    """The token of one tap, so that the same request sent twice counts once. Swept after two days."""

    token = models.CharField("jeton", max_length=64)
    stop = models.ForeignKey(Stop, verbose_name="passage", on_delete=models.CASCADE, related_name="+", db_index=False)
    at = models.DateTimeField("instant", default=now, db_index=True)

    personal = ("token",)

    class Meta:
        verbose_name = "geste de comptage"
        verbose_name_plural = "gestes de comptage"
        constraints = [models.UniqueConstraint(fields=["stop", "token"], name="presence_tap_once")]

    def __str__(self) -> str:
        return f"{self.stop_id} {self.at}"
