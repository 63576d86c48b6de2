"""The register of personal data breaches (articles 33 and 34 of the RGPD)."""

import datetime as dt

from django.db import models
from django.db.models import F, Q

from entremise.core.crypto import Scope
from entremise.core.db import EncryptedTextField, UUIDModel
from entremise.core.ids import short_reference
from entremise.core.time import now
from entremise.keys.services import organisation_scope
from entremise.privacy.enums_accountability import BreachKind, BreachRisk, BreachState
from entremise.privacy.models.base import AppendOnlyModel, OrganisationModel, member_key

CLOCK = dt.timedelta(hours=72)  # article 33: the authority is told within 72 hours of finding the breach
OPEN_BREACHES = (BreachState.SIGNALEE, BreachState.EN_COURS)


class Breach(OrganisationModel):
    """Data lost, seen or changed without right: reported by anyone, followed by the data protection officer."""

    kind = models.CharField("ce qui est arrivé", max_length=20, choices=BreachKind)
    state = models.CharField("état", max_length=20, choices=BreachState, default=BreachState.SIGNALEE)
    found_at = models.DateTimeField("découverte à")
    began_at = models.DateTimeField("commencée à", null=True, blank=True)
    reported_at = models.DateTimeField("signalée à", default=now)
    reported_by = member_key("signalée par")
    natures = models.JSONField("nature", default=list)
    risk = models.CharField("risque pour les personnes", max_length=20, choices=BreachRisk, blank=True, default="")
    persons = models.JSONField("personnes concernées", default=list)
    persons_count = models.PositiveIntegerField("nombre de personnes, environ", null=True, blank=True)
    data = models.JSONField("données concernées", default=list)
    records_count = models.PositiveIntegerField("nombre de fiches, environ", null=True, blank=True)
    description = EncryptedTextField("ce qui s’est passé", blank=True, default="")
    consequences = EncryptedTextField("conséquences probables", blank=True, default="")
    measures = EncryptedTextField("mesures prises", blank=True, default="")
    notified_at = models.DateTimeField("CNIL prévenue à", null=True, blank=True)
    not_notified = EncryptedTextField("pourquoi la CNIL n’est pas prévenue", blank=True, default="")
    late_reason = EncryptedTextField("motif du retard", blank=True, default="")
    informed_at = models.DateTimeField("personnes informées à", null=True, blank=True)
    not_informed = EncryptedTextField("pourquoi les personnes ne sont pas informées", blank=True, default="")
    closed_at = models.DateTimeField("close à", null=True, blank=True)
    warned_at = models.DateTimeField("échéance rappelée à", null=True, blank=True)
    late_warned_at = models.DateTimeField("retard rappelé à", null=True, blank=True)
    erased_at = models.DateTimeField("textes effacés à", null=True, blank=True)

    class Meta:
        verbose_name = "violation de données"
        verbose_name_plural = "violations de données"
        indexes = [
            models.Index(fields=["organisation", "-found_at", "-id"], name="privacy_breach_org_idx"),
            models.Index(fields=["organisation", "state", "found_at"], name="privacy_breach_state_idx"),
            models.Index(fields=["organisation", "reported_by", "-reported_at"], name="privacy_breach_own_idx"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(began_at=None) | Q(began_at__lte=F("found_at")), name="privacy_breach_times"
            ),
            models.CheckConstraint(
                condition=Q(state__in=OPEN_BREACHES, closed_at=None)
                | (~Q(state__in=OPEN_BREACHES) & Q(closed_at__isnull=False)),
                name="privacy_breach_closed",
            ),
        ]

    def __str__(self) -> str:
        return f"Violation {self.reference}"

    @property
    def reference(self) -> str:
        """Seven signs to say on the phone."""
        return short_reference(self.pk)

    @property
    def is_open(self) -> bool:
        """Still to qualify or to follow."""
        return self.state in OPEN_BREACHES

    @property
    def deadline(self) -> dt.datetime:
        """When the 72 hours end."""
        return self.found_at + CLOCK


class BreachRevision(AppendOnlyModel, UUIDModel):
    """What changed in a breach, by whom: before and after, sealed; never rewritten."""

    breach = models.ForeignKey(Breach, verbose_name="violation", on_delete=models.CASCADE, related_name="revisions")
    at = models.DateTimeField("instant", default=now)
    author = member_key("auteur")
    verb = models.CharField("geste", max_length=20)
    fields = models.JSONField("champs changés", default=list)
    words = EncryptedTextField("avant et après", blank=True, default="")

    class Meta:
        verbose_name = "correction de violation"
        verbose_name_plural = "corrections de violation"
        ordering = ["at", "id"]

    def __str__(self) -> str:
        return f"{self.verb} {self.breach_id}"

    def encryption_scope(self) -> Scope:
        """The key of the breach's organisation."""
        return organisation_scope(self.breach.organisation_id)
