"""What an organisation keeps beside the references: verified numbers, requests refused."""

from typing import Any

from django.db import models

from entremise.core.actor import Actor
from entremise.core.crypto import Scope
from entremise.core.db import EncryptedTextField, UUIDModel, organisation_key
from entremise.core.time import now
from entremise.interventions.reference.enums import Principle, RefusedRequest
from entremise.interventions.reference.rules import counts_refusals
from entremise.keys.services import organisation_scope


class NumberCheckQuerySet(models.QuerySet):
    """Every member of the organisation reads them."""

    def visible_to(self, actor: Actor) -> Any:
        """Those of the actor's organisation."""
        return self.filter(organisation_id=actor.organisation_id) if actor.organisation_id else self.none()


class NumberCheck(UUIDModel):
    """The last time an organisation verified a number to call, and the hours it was told."""

    organisation = organisation_key(db_index=False)
    number_code = models.CharField("numéro", max_length=30)
    verified_on = models.DateField("vérifié le")
    hours = models.CharField("horaires", max_length=120)
    by = models.ForeignKey(
        "accounts.Member", verbose_name="vérifié par", on_delete=models.PROTECT, related_name="+", db_index=False
    )

    objects = NumberCheckQuerySet.as_manager()

    class Meta:
        verbose_name = "vérification d'un numéro"
        verbose_name_plural = "vérifications de numéros"
        constraints = [
            models.UniqueConstraint(fields=["organisation", "number_code"], name="interventions_number_check_once")
        ]

    def __str__(self) -> str:
        return f"{self.number_code} ({self.verified_on})"


class CharterRefusalQuerySet(models.QuerySet):
    """An author reads their own; coordinators and auditors those of the organisation (an auditor only as totals)."""

    def visible_to(self, actor: Actor) -> Any:
        """What this actor may count or read; ``get_refusal`` refuses the text to an auditor."""
        if actor.organisation_id is None:
            return self.none()
        rows = self.filter(organisation_id=actor.organisation_id)
        return rows if counts_refusals(actor) else rows.filter(author_id=actor.member_id)


class CharterRefusal(UUIDModel):
    """A request against the Charter of 2001 that the team refused, with its ground."""

    organisation = organisation_key(db_index=False)
    author = models.ForeignKey(
        "accounts.Member", verbose_name="auteur", on_delete=models.PROTECT, related_name="+", db_index=False
    )
    asked_on = models.DateField("demandé le")
    asker_type = models.CharField("qui a demandé (type de partenaire)", max_length=60)
    kind = models.CharField("ce qui était demandé", max_length=20, choices=RefusedRequest)
    principle = models.CharField("principe de la Charte", max_length=20, choices=Principle)
    circumstances = EncryptedTextField("précisions", blank=True, default="")
    recorded_at = models.DateTimeField("noté à", default=now)

    objects = CharterRefusalQuerySet.as_manager()

    class Meta:
        verbose_name = "demande refusée au nom de la Charte"
        verbose_name_plural = "demandes refusées au nom de la Charte"
        indexes = [
            models.Index(fields=["organisation", "-asked_on", "-id"], name="interventions_refusal_org"),
            models.Index(fields=["author", "-asked_on", "-id"], name="interventions_refusal_author"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(kind__in=RefusedRequest.values) & models.Q(principle__in=Principle.values),
                name="interventions_refusal_known_codes",
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind} ({self.asked_on})"

    def encryption_scope(self) -> Scope:
        """The organisation's key."""
        return organisation_scope(self.organisation_id)
