"""What passes between the mediators of a case and those around them, without a word of what was confided."""

from django.db import models
from django.db.models import Q

from entremise.core.db import EncryptedTextField
from entremise.core.time import now
from entremise.mediations.enums import AlertReason, Decision, DisclosureGround, Recipient
from entremise.mediations.models.base import CaseRow, member_key


class CaseAlert(CaseRow):
    """A mediator of a case is warned: a reason from a list, no text."""

    member = models.ForeignKey(
        "accounts.Member", verbose_name="prévenu", on_delete=models.CASCADE, related_name="+", db_index=True
    )
    reason = models.CharField("raison", max_length=20, choices=AlertReason)
    by = member_key("par", null=True, blank=True)
    at = models.DateTimeField("moment", default=now)
    seen_at = models.DateTimeField("vu à", null=True, blank=True)

    class Meta:
        verbose_name = "avertissement"
        verbose_name_plural = "avertissements"
        ordering = ("-at",)

    def __str__(self) -> str:
        return f"{self.reason} {self.at:%Y-%m-%d}"


class Disclosure(CaseRow):
    """An exception to confidentiality: asked by a mediator of the case, decided with the supervisor, kept."""

    ground = models.CharField("fondement", max_length=20, choices=DisclosureGround)
    recipient = models.CharField("à qui", max_length=20, choices=Recipient)
    words = EncryptedTextField("ce qui serait dit, et rien de plus", blank=True, default="")
    called_first = models.BooleanField("secours déjà appelés", default=False)
    asked_by = member_key("demandée par")
    asked_at = models.DateTimeField("demandée à", default=now)
    decision = models.CharField("décision", max_length=20, choices=Decision, blank=True, default="")
    decided_by = member_key("décidée avec", null=True, blank=True)
    decided_at = models.DateTimeField("décidée à", null=True, blank=True)

    class Meta:
        verbose_name = "sortie de confidentialité"
        verbose_name_plural = "sorties de confidentialité"
        ordering = ("-asked_at",)
        constraints = [
            models.CheckConstraint(
                condition=Q(decision="", decided_by=None, decided_at=None)
                | Q(decided_by__isnull=False, decided_at__isnull=False) & ~Q(decision=""),
                name="mediations_disclosure_decided",
            ),
            models.CheckConstraint(
                condition=Q(decided_by=None) | ~Q(decided_by=models.F("asked_by")),
                name="mediations_disclosure_takes_two",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.recipient} {self.asked_at:%Y-%m-%d}"
