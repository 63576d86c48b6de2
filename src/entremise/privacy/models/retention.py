"""What retention remembers: its runs and their proofs, the duration last applied, choices, legal holds."""

from typing import Any

from django.db import models
from django.db.models import Q

from entremise.core.actor import Actor
from entremise.core.crypto import Scope
from entremise.core.db import EncryptedTextField, UUIDModel, organisation_key
from entremise.core.time import now, today
from entremise.keys.services import organisation_scope
from entremise.privacy.enums import HoldKind, RunStatus, Suspension

CODE_LENGTH = 40


def _member(verbose_name: str, **options: Any) -> models.ForeignKey:
    return models.ForeignKey(
        "accounts.Member",
        verbose_name=verbose_name,
        on_delete=models.PROTECT,
        related_name="+",
        db_index=False,
        **options,
    )


class OwnedQuerySet(models.QuerySet):
    """Rows of an organisation; those of the installation (no organisation) are its operator’s."""

    def visible_to(self, actor: Actor) -> Any:
        """The rows of the actor’s current organisation."""
        return self.filter(organisation_id=actor.organisation_id) if actor.organisation_id else self.none()


class RetentionRun(UUIDModel):
    """One passage of one rule over one organisation: what was due, done, held, failed, and the proof.

    ``proof`` is the SHA-256 of the identifiers dealt with, one a line, in the order of the database; it grows
    with each committed batch, so an interrupted run proves what it did.
    """

    organisation = organisation_key(null=True, blank=True, db_index=False)
    rule_code = models.CharField("règle", max_length=CODE_LENGTH)
    days = models.PositiveIntegerField("durée appliquée, en jours")
    limit = models.DateTimeField("fiches dont le délai court depuis avant")
    dry = models.BooleanField("à blanc", default=False)
    status = models.CharField("état", max_length=12, choices=RunStatus, default=RunStatus.EN_COURS)
    suspension = models.CharField("motif de suspension", max_length=12, choices=Suspension, blank=True, default="")
    started_at = models.DateTimeField("commencée à", default=now)
    progress_at = models.DateTimeField("dernier progrès", default=now)
    ended_at = models.DateTimeField("finie à", null=True, blank=True)
    due = models.PositiveIntegerField("échues", default=0)
    done = models.PositiveIntegerField("traitées", default=0)
    held = models.PositiveIntegerField("gelées", default=0)
    failed = models.PositiveIntegerField("en échec", default=0)
    proof = models.CharField("empreinte des identifiants", max_length=64, blank=True, default="")
    requested_by = _member("demandée par", null=True, blank=True)
    confirmed_by = _member("confirmée par", null=True, blank=True)
    confirmed_at = models.DateTimeField("confirmée à", null=True, blank=True)

    objects = OwnedQuerySet.as_manager()

    class Meta:
        verbose_name = "passage de conservation"
        verbose_name_plural = "passages de conservation"
        indexes = [
            models.Index(fields=["organisation", "-started_at", "-id"], name="privacy_run_org"),
            models.Index(fields=["organisation", "rule_code", "-started_at"], name="privacy_run_rule"),
        ]
        constraints = [
            # Two workers never run one rule at once; two constraints because a null organisation is never equal.
            models.UniqueConstraint(
                fields=["organisation", "rule_code"],
                condition=Q(status=RunStatus.EN_COURS, dry=False, organisation__isnull=False),
                name="privacy_one_run",
            ),
            models.UniqueConstraint(
                fields=["rule_code"],
                condition=Q(status=RunStatus.EN_COURS, dry=False, organisation=None),
                name="privacy_one_run_alone",
            ),
            models.CheckConstraint(
                condition=~Q(status=RunStatus.SUSPENDU) | ~Q(suspension=""), name="privacy_run_suspended_for_a_reason"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.rule_code} {self.started_at:%d/%m/%Y}"


class RetentionState(UUIDModel):
    """What was last applied and last counted, per rule and organisation: lists read this, never the tables."""

    organisation = organisation_key(null=True, blank=True, db_index=False)
    rule_code = models.CharField("règle", max_length=CODE_LENGTH)
    days = models.PositiveIntegerField("durée appliquée, en jours")
    due = models.PositiveIntegerField("échues", default=0)
    due_soon = models.PositiveIntegerField("échues dans trente jours", default=0)
    held = models.PositiveIntegerField("gelées", default=0)
    counted_at = models.DateTimeField("comptées à", default=now)
    applied_at = models.DateTimeField("dernier passage", null=True, blank=True)
    last_run = models.ForeignKey(
        RetentionRun,
        verbose_name="dernier passage qui a traité des fiches",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        db_index=False,
    )

    objects = OwnedQuerySet.as_manager()

    class Meta:
        verbose_name = "état d’une règle"
        verbose_name_plural = "état des règles"
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "rule_code"], condition=Q(organisation__isnull=False), name="privacy_one_state"
            ),
            models.UniqueConstraint(
                fields=["rule_code"], condition=Q(organisation=None), name="privacy_one_state_alone"
            ),
        ]

    def __str__(self) -> str:
        return self.rule_code


class RetentionChoice(UUIDModel):
    """A duration an organisation chose instead of the code’s, with its reason; in force once confirmed."""

    organisation = organisation_key(db_index=False)
    rule_code = models.CharField("règle", max_length=CODE_LENGTH)
    days = models.PositiveIntegerField("durée choisie, en jours")
    reason = models.TextField("motif")
    chosen_by = _member("choisie par")
    chosen_at = models.DateTimeField("choisie à", default=now)
    confirmed_by = _member("confirmée par", null=True, blank=True)
    confirmed_at = models.DateTimeField("confirmée à", null=True, blank=True)
    withdrawn_at = models.DateTimeField("retirée à", null=True, blank=True)

    objects = OwnedQuerySet.as_manager()

    class Meta:
        verbose_name = "durée choisie"
        verbose_name_plural = "durées choisies"
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "rule_code"],
                condition=Q(withdrawn_at=None, confirmed_at__isnull=False),
                name="privacy_one_choice",
            ),
            models.UniqueConstraint(
                fields=["organisation", "rule_code"],
                condition=Q(withdrawn_at=None, confirmed_at=None),
                name="privacy_one_proposal",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.rule_code} {self.days}"


class LegalHoldQuerySet(OwnedQuerySet):
    """Holds in force or over."""

    def in_force(self) -> Any:
        """Those that keep something today."""
        return self.filter(lifted_at=None, until__gte=today())


class LegalHold(UUIDModel):
    """What must not be erased for now: a claim, an inquiry, a judge’s order. A year at most, renewable."""

    organisation = organisation_key(db_index=False)
    kind = models.CharField("nature", max_length=12, choices=HoldKind)
    target_id = models.UUIDField("fiche gelée")
    reference = models.CharField("référence", max_length=20)
    reason = EncryptedTextField("motif")
    placed_by = _member("posé par")
    placed_at = models.DateTimeField("posé à", default=now)
    until = models.DateField("jusqu’au")
    renewals = models.PositiveSmallIntegerField("renouvellements", default=0)
    lifted_by = _member("levé par", null=True, blank=True)
    lifted_at = models.DateTimeField("levé à", null=True, blank=True)

    objects = LegalHoldQuerySet.as_manager()

    class Meta:
        verbose_name = "gel"
        verbose_name_plural = "gels"
        indexes = [
            models.Index(fields=["organisation", "-placed_at", "-id"], name="privacy_hold_org"),
            models.Index(fields=["target_id"], name="privacy_hold_target"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["kind", "target_id"], condition=Q(lifted_at=None), name="privacy_one_hold")
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.reference}"

    def encryption_scope(self) -> Scope:
        """The organisation’s key: the reason outlives an erased person."""
        return organisation_scope(self.organisation_id)

    @property
    def is_in_force(self) -> bool:
        """True while it keeps something."""
        return self.lifted_at is None and self.until >= today()
