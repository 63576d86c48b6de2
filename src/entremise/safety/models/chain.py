"""Who is called when an alert is raised, in which order, and the codes that end a timer."""

from typing import Any

from django.db import models
from django.db.models import Q

from entremise.core.actor import Actor
from entremise.core.db import EncryptedTextField
from entremise.core.time import now
from entremise.safety.models.base import OwnedModel, member_key


class RungQuerySet(models.QuerySet):
    """The chain of one organisation."""

    def visible_to(self, actor: Actor) -> Any:
        """The rungs of the actor's organisation."""
        return self.filter(organisation_id=actor.organisation_id) if actor.organisation_id else self.none()


class OnCallRung(OwnedModel):
    """One rung of the on-call chain: a member the server writes to, a number people call, or both."""

    position = models.PositiveSmallIntegerField("rang")
    member = member_key("membre prévenu", null=True, blank=True)
    label = EncryptedTextField("nom de l'astreinte", blank=True, default="")
    phone = EncryptedTextField("numéro à appeler", blank=True, default="")
    delay_minutes = models.PositiveSmallIntegerField("minutes avant le rang suivant", default=5)

    objects = RungQuerySet.as_manager()

    class Meta:
        verbose_name = "rang d'astreinte"
        verbose_name_plural = "rangs d'astreinte"
        indexes = [models.Index(fields=["organisation", "position"], name="safety_rung_order")]
        constraints = [
            models.CheckConstraint(
                condition=Q(member__isnull=False) | ~Q(phone=""), name="safety_rung_reaches_someone"
            ),
            models.CheckConstraint(condition=Q(delay_minutes__gte=1, delay_minutes__lte=60), name="safety_rung_delay"),
        ]

    def __str__(self) -> str:
        return f"Astreinte {self.position}"


class SafetyCodes(OwnedModel):
    """The two codes of a member, hashed: one ends a timer, the other only seems to."""

    personal = ("end_hash", "duress_hash")
    member = models.OneToOneField("accounts.Member", verbose_name="membre", on_delete=models.PROTECT, related_name="+")
    end_hash = models.CharField("empreinte du code de fin", max_length=200)
    duress_hash = models.CharField("empreinte du code de contrainte", max_length=200)
    set_at = models.DateTimeField("choisis à", default=now)

    class Meta:
        verbose_name = "codes du minuteur"
        verbose_name_plural = "codes du minuteur"

    def __str__(self) -> str:
        return f"Codes {self.pk}"
