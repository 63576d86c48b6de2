"""What an organisation adds to what the code declares: register of processing, impact assessments, processors."""

import datetime as dt

from django.db import models
from django.db.models import F, Q

from entremise.core.db import EncryptedTextField
from entremise.core.time import now, today
from entremise.privacy.enums_accountability import ImpactDecision
from entremise.privacy.models.base import AppendOnlyModel, OrganisationModel, member_key


class RegisterVersion(AppendOnlyModel, OrganisationModel):
    """The register of processing as it stood on a day: the code's sentences and the organisation's own, whole."""

    number = models.PositiveIntegerField("version")
    created_at = models.DateTimeField("enregistrée à", default=now)
    author = member_key("auteur")
    declared = models.JSONField("ce que le logiciel déclarait", default=list)
    words = EncryptedTextField("ce que l’organisation a écrit")

    class Meta:
        verbose_name = "version du registre des traitements"
        verbose_name_plural = "versions du registre des traitements"
        constraints = [models.UniqueConstraint(fields=["organisation", "number"], name="privacy_register_number")]

    def __str__(self) -> str:
        return f"Version {self.number}"


class ImpactVersion(AppendOnlyModel, OrganisationModel):
    """One saving of the impact assessment of a processing: a draft until its decision is complete."""

    processing = models.CharField("traitement", max_length=40)
    number = models.PositiveIntegerField("version")
    created_at = models.DateTimeField("enregistrée à", default=now)
    author = member_key("auteur")
    is_adopted = models.BooleanField("adoptée", default=False)
    decision = models.CharField("décision", max_length=20, choices=ImpactDecision, blank=True, default="")
    review_on = models.DateField("à revoir le", null=True, blank=True)
    declared = models.JSONField("ce que le logiciel déclarait", default=dict)
    words = EncryptedTextField("ce que l’organisation a écrit")

    class Meta:
        verbose_name = "version d’analyse d’impact"
        verbose_name_plural = "versions d’analyse d’impact"
        constraints = [
            models.UniqueConstraint(fields=["organisation", "processing", "number"], name="privacy_impact_number"),
            models.CheckConstraint(
                condition=Q(is_adopted=False) | (~Q(decision="") & Q(review_on__isnull=False)),
                name="privacy_impact_adopted_is_decided",
            ),
        ]

    def __str__(self) -> str:
        return f"Analyse d’impact {self.processing}, version {self.number}"


class Processor(OrganisationModel):
    """A company that handles data for the organisation, under the contract of article 28 of the RGPD."""

    name = models.CharField("nom", max_length=160)
    service = models.CharField("service rendu", max_length=240)
    country = models.CharField("pays où sont les données", max_length=2)
    data = models.CharField("données confiées", max_length=400, blank=True, default="")
    processings = models.JSONField("traitements concernés", default=list)
    contract_on = models.DateField("contrat de l’article 28 signé le", null=True, blank=True)
    ends_on = models.DateField("fin", null=True, blank=True)
    guarantees = models.CharField("garanties du transfert", max_length=400, blank=True, default="")
    created_at = models.DateTimeField("ajouté à", default=now)
    updated_at = models.DateTimeField("modifié à", default=now)

    class Meta:
        verbose_name = "sous-traitant"
        verbose_name_plural = "sous-traitants"
        indexes = [models.Index(fields=["organisation", "name"], name="privacy_processor_org_idx")]
        constraints = [
            models.CheckConstraint(
                condition=Q(contract_on=None) | Q(ends_on=None) | Q(ends_on__gte=F("contract_on")),
                name="privacy_processor_dates",
            )
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_over(self) -> bool:
        """The service has ended."""
        return self.ends_on is not None and self.ends_on < today()

    @property
    def ends_soon(self) -> bool:
        """The contract ends within sixty days."""
        return self.ends_on is not None and 0 <= (self.ends_on - today()).days <= SOON.days


SOON = dt.timedelta(days=60)
