"""Two notes of one situation: those that became one act, and those that people said are two."""

from django.db import models
from django.db.models import F, Q

from entremise.core.db import UUIDModel, organisation_key
from entremise.core.time import now
from entremise.interventions.models.act import Intervention


class MergedAct(UUIDModel):
    """What stays of an act cancelled because another one tells the same situation: under its identifier, where it went.

    Its content is in the history of the act that was kept, sealed with it. Lists and figures never meet it.
    """

    organisation = organisation_key(db_index=False)
    kept = models.ForeignKey(
        Intervention, verbose_name="intervention gardée", on_delete=models.CASCADE, related_name="merged"
    )
    reference = models.CharField("référence", max_length=9)
    author = models.ForeignKey(
        "accounts.Member", verbose_name="auteur", on_delete=models.PROTECT, related_name="+", db_index=False
    )
    recorded_at = models.DateTimeField("enregistrée à")
    merged_at = models.DateTimeField("réunie à", default=now)
    merged_by = models.ForeignKey(
        "accounts.Member", verbose_name="réunie par", on_delete=models.PROTECT, related_name="+", db_index=False
    )

    class Meta:
        verbose_name = "intervention réunie"
        verbose_name_plural = "interventions réunies"
        indexes = [models.Index(fields=["organisation", "reference"], name="interventions_merged_ref")]

    def __str__(self) -> str:
        return self.reference


class DistinctActs(UUIDModel):
    """Two near-identical acts that someone said are two situations: they are not offered for merging again."""

    organisation = organisation_key(db_index=False)
    first = models.ForeignKey(
        Intervention, verbose_name="une intervention", on_delete=models.CASCADE, related_name="+", db_index=False
    )
    second = models.ForeignKey(
        Intervention, verbose_name="l’autre intervention", on_delete=models.CASCADE, related_name="+"
    )
    decided_by = models.ForeignKey(
        "accounts.Member", verbose_name="décidé par", on_delete=models.PROTECT, related_name="+", db_index=False
    )
    decided_at = models.DateTimeField("décidé à", default=now)

    class Meta:
        verbose_name = "interventions distinctes"
        verbose_name_plural = "interventions distinctes"
        constraints = [
            models.UniqueConstraint(fields=["first", "second"], name="interventions_distinct_once"),
            models.CheckConstraint(condition=Q(first__lt=F("second")), name="interventions_distinct_ordered"),
        ]

    def __str__(self) -> str:
        return f"{self.first_id} {self.second_id}"
