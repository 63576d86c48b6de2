"""Social watch (what is perceived of a place) and technical defects (what is broken there)."""

from django.db import models
from django.db.models import F, Q

from entremise.core.crypto import Scope
from entremise.core.db import EncryptedTextField, UUIDModel
from entremise.core.ids import short_reference
from entremise.core.time import now
from entremise.presence.enums import OPEN_DEFECTS, DefectStatus, Reliability, Urgency
from entremise.presence.models.base import (
    OrganisationQuerySet,
    OwnedModel,
    TeamQuerySet,
    member_key,
    site_key,
    team_key,
)
from entremise.presence.models.rounds import Round


class Observation(OwnedModel):
    """What the team perceived or was told of a place, with how sure it is. Nobody is named."""

    team = team_key()
    round = models.ForeignKey(
        Round, verbose_name="tournée", null=True, blank=True, on_delete=models.SET_NULL, related_name="observations"
    )
    site = site_key()
    observed_at = models.DateTimeField("observée à")
    watch_type = models.CharField("type", max_length=60)
    reliability = models.CharField("fiabilité", max_length=60, default=Reliability.OBSERVE)
    text = EncryptedTextField("observation", blank=True, default="")
    author = member_key("auteur")
    created_at = models.DateTimeField("créée à", default=now)

    objects = TeamQuerySet.as_manager()

    class Meta:
        verbose_name = "observation de veille sociale"
        verbose_name_plural = "observations de veille sociale"
        indexes = [
            models.Index(fields=["team", "-observed_at", "-id"], name="presence_obs_team"),
            models.Index(fields=["organisation", "-observed_at"], name="presence_obs_org"),
            models.Index(fields=["site", "-observed_at"], name="presence_obs_site"),
        ]

    def __str__(self) -> str:
        return f"{self.watch_type} {self.pk}"


class Defect(OwnedModel):
    """Something broken, reported to whoever must repair it. Never a person, never an occupied place."""

    team = team_key()
    round = models.ForeignKey(
        Round, verbose_name="tournée", null=True, blank=True, on_delete=models.SET_NULL, related_name="defects"
    )
    site = site_key()
    category = models.CharField("catégorie", max_length=60)
    urgency = models.CharField("urgence", max_length=60, default=Urgency.NORMAL)
    description = EncryptedTextField("précision", blank=True, default="")
    status = models.CharField("état", max_length=20, choices=DefectStatus, default=DefectStatus.SIGNALE)
    reported_at = models.DateTimeField("signalé à")
    owner_id = models.UUIDField("propriétaire ou gestionnaire", null=True, blank=True)
    owner_label = models.CharField("nom du propriétaire ou gestionnaire", max_length=200, blank=True, default="")
    notified_at = models.DateTimeField("prévenu à", null=True, blank=True)
    acknowledged_at = models.DateTimeField("accusé de réception à", null=True, blank=True)
    resolved_at = models.DateTimeField("résolu à", null=True, blank=True)
    author = member_key("auteur")
    created_at = models.DateTimeField("créé à", default=now)

    objects = OrganisationQuerySet.as_manager()

    class Meta:
        verbose_name = "signalement technique"
        verbose_name_plural = "signalements techniques"
        indexes = [
            models.Index(fields=["organisation", "-reported_at", "-id"], name="presence_defect_org"),
            models.Index(fields=["organisation", "status", "-reported_at"], name="presence_defect_status"),
            models.Index(fields=["site", "category", "-reported_at"], name="presence_defect_site"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(resolved_at=None) | Q(resolved_at__gte=F("reported_at")), name="presence_defect_times"
            )
        ]

    def __str__(self) -> str:
        return self.reference

    @property
    def reference(self) -> str:
        """Seven signs to say on the phone."""
        return short_reference(self.pk)

    @property
    def is_open(self) -> bool:
        """True until it is seen solved or left without follow-up."""
        return self.status in OPEN_DEFECTS

    @property
    def days(self) -> int:
        """Whole days from the report to the repair seen by the team, or to now."""
        return max(((self.resolved_at or now()) - self.reported_at).days, 0)


class DefectStep(UUIDModel):
    """One step in the life of a defect."""

    defect = models.ForeignKey(Defect, verbose_name="signalement", on_delete=models.CASCADE, related_name="steps")
    status = models.CharField("état", max_length=20, choices=DefectStatus)
    at = models.DateTimeField("instant", default=now)
    by = member_key("par")
    note = EncryptedTextField("note", blank=True, default="")

    class Meta:
        verbose_name = "étape de signalement"
        verbose_name_plural = "étapes de signalement"
        ordering = ["at", "id"]

    def __str__(self) -> str:
        return f"{self.defect_id} {self.status}"

    def encryption_scope(self) -> Scope:
        """The key of the defect's organisation."""
        return self.defect.encryption_scope()
