"""What an act holds several of: codes, head counts, former versions."""

from django.db import models

from entremise.core.crypto import Scope
from entremise.core.db import EncryptedTextField, UUIDModel, organisation_key
from entremise.core.nomenclature import national
from entremise.core.time import now
from entremise.interventions.enums import Dimension
from entremise.interventions.models.act import CODE_LENGTH, Intervention
from entremise.interventions.models.scope import scope_of


class InterventionCode(models.Model):
    """One value of one list. ``rank`` 0 of L1 is the main register."""

    organisation = organisation_key(db_index=False)
    intervention = models.ForeignKey(
        Intervention, verbose_name="intervention", on_delete=models.CASCADE, related_name="codes", db_index=False
    )
    list_reference = models.CharField("liste", max_length=4)
    code = models.CharField("code", max_length=CODE_LENGTH)
    # Kept beside the code so that figures group by it in the index, local completions included.
    national = models.CharField("code national", max_length=CODE_LENGTH, editable=False)
    rank = models.PositiveSmallIntegerField("rang", default=0)

    class Meta:
        verbose_name = "code d'intervention"
        verbose_name_plural = "codes d'intervention"
        constraints = [
            models.UniqueConstraint(fields=["intervention", "list_reference", "code"], name="interventions_code_once")
        ]
        indexes = [
            models.Index(
                fields=["organisation", "list_reference", "national", "intervention"], name="interventions_code_values"
            ),
            models.Index(
                fields=["organisation", "intervention"],
                name="interventions_danger",
                condition=models.Q(list_reference="L16"),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.list_reference}.{self.code}"

    @classmethod
    def of(cls, act: Intervention, reference: str, code: str, rank: int) -> "InterventionCode":
        """The unsaved row of one value, its national part filled."""
        return cls(
            organisation_id=act.organisation_id,
            intervention=act,
            list_reference=reference,
            code=code,
            national=national(code),
            rank=rank,
        )


class PublicCount(models.Model):
    """Heads in one band: a margin of the group, never an invented person."""

    organisation = organisation_key(db_index=False)
    intervention = models.ForeignKey(
        Intervention, verbose_name="intervention", on_delete=models.CASCADE, related_name="public", db_index=False
    )
    dimension = models.CharField("dimension", max_length=5, choices=Dimension)
    code = models.CharField("code", max_length=CODE_LENGTH)
    count = models.PositiveSmallIntegerField("effectif")
    estimated = models.BooleanField("estimé", default=False)

    class Meta:
        verbose_name = "effectif du public"
        verbose_name_plural = "effectifs du public"
        constraints = [
            models.UniqueConstraint(fields=["intervention", "dimension", "code"], name="interventions_count_once"),
            models.CheckConstraint(condition=models.Q(count__gt=0), name="interventions_count_positive"),
        ]

    def __str__(self) -> str:
        return f"{self.dimension} {self.code} {self.count}"


class InterventionRevision(UUIDModel):
    """What a change replaced: before and after, sealed, with its author. Vanishes with the act."""

    organisation = organisation_key(db_index=False)
    intervention = models.ForeignKey(
        Intervention, verbose_name="intervention", on_delete=models.CASCADE, related_name="revisions", db_index=False
    )
    version = models.PositiveIntegerField("version")
    at = models.DateTimeField("instant", default=now)
    author = models.ForeignKey(
        "accounts.Member", verbose_name="auteur", on_delete=models.PROTECT, related_name="+", db_index=False
    )
    sealed_for = models.UUIDField("personne dont la clé scelle les textes", null=True, blank=True, editable=False)
    changes = EncryptedTextField("avant et après", blank=True)

    class Meta:
        verbose_name = "version d'intervention"
        verbose_name_plural = "versions d'intervention"
        constraints = [models.UniqueConstraint(fields=["intervention", "version"], name="interventions_revision_once")]
        indexes = [
            models.Index(fields=["organisation", "at"], name="interventions_revision_org"),
            models.Index(
                fields=["sealed_for"],
                name="interventions_rev_sealed_for",
                condition=models.Q(sealed_for__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.intervention_id} v{self.version}"

    def encryption_scope(self) -> Scope:
        """That of its act."""
        return scope_of(self.organisation_id, self.sealed_for)
