"""What a person agreed to, and took back: dated events that nobody rewrites."""

from typing import Any

from django.db import models
from django.db.models import Q

from entremise.core.crypto import Scope
from entremise.core.db import EncryptedTextField, UUIDModel, organisation_key
from entremise.core.time import now, today
from entremise.keys.services import person_scope
from entremise.privacy.enums import AgreementKind, InterpreterHelp, MandateQuality, Manner, Purpose
from entremise.privacy.models.persons import Person

APPEND_ONLY = "an agreement is a past event: it is neither changed nor deleted, a withdrawal is another event"


class AgreementQuerySet(models.QuerySet):
    """Events are added, never changed; the erasure of a person empties their words."""

    def in_force(self) -> Any:
        """Agreements given and not withdrawn."""
        return self.filter(kind=AgreementKind.DONNE, withdrawal=None)

    def update(self, **values: Any) -> int:
        """Refused."""
        raise TypeError(APPEND_ONLY)

    def delete(self) -> Any:
        """Refused."""
        raise TypeError(APPEND_ONLY)

    def forget(self) -> int:
        """Empty the words of these events, when their persons are erased; the dated codes stay.

        The partner goes too: a service for addictions or for women in danger says much of who was sent there.
        """
        words = {"recipient_label": "", "mandate_by": "", "mandate_quality": "", "language": "", "interpreter": ""}
        return super().update(partner=None, **words)


class Agreement(UUIDModel):
    """An agreement of a person for one purpose and one recipient, given or withdrawn on a date."""

    personal = ("language", "mandate_quality", "interpreter", "partner")

    organisation = organisation_key(db_index=False)
    person = models.ForeignKey(
        Person, verbose_name="personne suivie", on_delete=models.PROTECT, related_name="agreements", db_index=False
    )
    kind = models.CharField("nature", max_length=10, choices=AgreementKind)
    purpose = models.CharField("finalité", max_length=20, choices=Purpose)
    partner = models.ForeignKey(
        "directory.Partner",
        verbose_name="partenaire destinataire",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        db_index=False,
    )
    recipient_label = EncryptedTextField("destinataire ou usage", blank=True, default="")
    manner = models.CharField("manière", max_length=10, choices=Manner, default=Manner.PAROLE)
    mandate_quality = models.CharField(
        "qualité du mandataire", max_length=20, choices=MandateQuality, blank=True, default=""
    )
    mandate_by = EncryptedTextField("mandataire", blank=True, default="")
    language = models.CharField("langue de l’explication", max_length=5, blank=True, default="")
    interpreter = models.CharField("interprète", max_length=20, choices=InterpreterHelp, blank=True, default="")
    notice_explained = models.BooleanField("notice expliquée", default=False)
    happened_on = models.DateField("date", default=today)
    recorded_at = models.DateTimeField("notée à", default=now)
    recorded_by = models.ForeignKey(
        "accounts.Member", verbose_name="notée par", on_delete=models.PROTECT, related_name="+", db_index=False
    )
    withdraws = models.OneToOneField(
        "self",
        verbose_name="retire l’accord",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="withdrawal",
    )

    objects = AgreementQuerySet.as_manager()

    class Meta:
        verbose_name = "accord"
        verbose_name_plural = "accords"
        constraints = [
            models.CheckConstraint(
                condition=Q(kind=AgreementKind.DONNE, withdraws=None)
                | Q(kind=AgreementKind.RETIRE, withdraws__isnull=False),
                name="privacy_agreement_withdraws",
            ),
            models.CheckConstraint(
                condition=Q(manner=Manner.MANDAT) | Q(mandate_quality=""), name="privacy_agreement_mandate"
            ),
        ]
        indexes = [
            models.Index(fields=["person", "purpose", "-happened_on"], name="privacy_agreement_person"),
            models.Index(fields=["organisation", "-recorded_at"], name="privacy_agreement_org"),
        ]

    def __str__(self) -> str:
        return f"{self.purpose} {self.kind} ({self.happened_on})"

    def encryption_scope(self) -> Scope:
        """The person's own key."""
        return person_scope(self.person_id)

    def save(self, *args: Any, **options: Any) -> None:
        """Once, when it happens."""
        if not self._state.adding:
            raise TypeError(APPEND_ONLY)
        super().save(*args, **options)

    def delete(self, *args: Any, **options: Any) -> Any:
        """Refused."""
        raise TypeError(APPEND_ONLY)
