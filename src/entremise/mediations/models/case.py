"""A formal mediation, its way through the stages, and its mediators."""

import uuid
from typing import Any

from django.db import models
from django.db.models import Q
from django.utils.functional import cached_property

from entremise.accounts.enums import Role
from entremise.core.actor import Actor
from entremise.core.crypto import Scope
from entremise.core.db import EncryptedTextField, UUIDModel, organisation_key
from entremise.core.ids import short_reference
from entremise.core.time import now, today
from entremise.keys.services import case_scope
from entremise.mediations.enums import ShownOutcome, Stage
from entremise.mediations.models.base import CaseRow, member_key


class CaseQuerySet(models.QuerySet):
    """Cases belong to a team; what was confided in one belongs to its mediators."""

    def open_to(self, actor: Actor) -> Any:
        """The cases whose vault is the actor's to read."""
        return self.filter(organisation_id=actor.organisation_id, pk__in=_entered(actor))

    def visible_to(self, actor: Actor) -> Any:
        """Those, and for a coordinator the stage and dates of the team's cases."""
        seen = Q(pk__in=_entered(actor))
        if actor.has_role(Role.ENCADRANT):
            seen |= Q(team_id__in=actor.team_ids)
        return self.filter(seen, organisation_id=actor.organisation_id)


def _entered(actor: Actor) -> models.QuerySet:
    """The cases whose vault opened to this membership; nobody's without one."""
    places = CaseMediator.objects.filter(entered_at__isnull=False, left_at=None)
    mine = places.filter(member_id=actor.member_id) if actor.member_id else places.none()
    return mine.values("case_id")


class Case(UUIDModel):
    """A formal mediation. Outside its mediators only these columns are seen: stage, dates, shown outcome.

    How it truly ended, the ground that forbade it and every word are sealed under the case's own key.
    """

    organisation = organisation_key(db_index=False)
    act = models.ForeignKey(
        "interventions.Intervention",
        verbose_name="intervention de départ",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        db_index=True,
    )
    from_act = models.BooleanField("née d’une intervention", default=False)  # stays when the words, and the act, go
    team = models.ForeignKey(
        "accounts.Team", verbose_name="équipe", on_delete=models.PROTECT, related_name="+", db_index=False
    )
    origin = models.CharField("origine de la demande", max_length=30)
    asked_on = models.DateField("demandée le", default=today)
    asked_by = EncryptedTextField("demandée par", blank=True, default="")
    subject = EncryptedTextField("objet de la demande", blank=True, default="")
    stage = models.CharField("étape", max_length=20, choices=Stage, default=Stage.SAISINE)
    moved_at = models.DateTimeField("étape atteinte à", default=now)
    opened_at = models.DateTimeField("ouverte à", default=now)
    opened_by = member_key("ouverte par")
    accepted_on = models.DateField("jugée recevable le", null=True, blank=True)
    first_contact_on = models.DateField("premier contact le", null=True, blank=True)
    engaged_on = models.DateField("engagée le", null=True, blank=True)
    mediated_on = models.DateField("première séance de médiation le", null=True, blank=True)
    agreed_on = models.DateField("accord conclu le", null=True, blank=True)
    closed_at = models.DateTimeField("close à", null=True, blank=True)
    outcome = models.CharField("issue", max_length=20, choices=ShownOutcome, blank=True, default="")
    exact_outcome = EncryptedTextField("issue, pour ses médiateurs", blank=True, default="")
    ground = EncryptedTextField("motif qui l’interdit", blank=True, default="")
    erased_at = models.DateTimeField("paroles effacées à", null=True, blank=True)
    version = models.PositiveIntegerField("version", default=1)

    objects = CaseQuerySet.as_manager()

    class Meta:
        verbose_name = "médiation formelle"
        verbose_name_plural = "médiations formelles"
        constraints = [
            models.CheckConstraint(
                condition=Q(closed_at=None, outcome="") & ~Q(stage=Stage.CLOTURE)
                | Q(closed_at__isnull=False, stage=Stage.CLOTURE) & ~Q(outcome=""),
                name="mediations_case_closed_has_outcome",
            ),
            models.CheckConstraint(
                condition=~Q(outcome__in=[ShownOutcome.ACCORD_TOTAL, ShownOutcome.ACCORD_PARTIEL])
                | Q(agreed_on__isnull=False),
                name="mediations_case_agreement_was_concluded",
            ),
        ]
        indexes = [
            models.Index(fields=["team", "-opened_at"], name="mediations_case_team_idx"),
            models.Index(fields=["organisation", "asked_on"], name="mediations_case_asked_idx"),
            models.Index(fields=["organisation", "closed_at"], name="mediations_case_closed_idx"),
        ]

    def __str__(self) -> str:
        return f"Médiation {self.reference}"

    def encryption_scope(self) -> Scope:
        """The case's own key."""
        return case_scope(self.pk)

    @property
    def reference(self) -> str:
        """Seven signs to say aloud."""
        return short_reference(self.pk)

    @cached_property
    def mediator_ids(self) -> frozenset[uuid.UUID]:
        """The memberships whose vault is open; read once, from what was prefetched where there is a list."""
        return frozenset(one.member_id for one in self.mediators.all() if one.entered_at and not one.left_at)


class CaseMediator(UUIDModel):
    """A mediator of a case. The vault opens once two people wanted it and no link with a party was declared.

    Whoever opens a case enters alone. Afterwards someone names, someone else confirms, and the one named declares
    what ties them to the parties: ``entered_at`` is the day the vault opened to them.
    """

    organisation = organisation_key(db_index=False)
    case = models.ForeignKey(Case, verbose_name="médiation", on_delete=models.CASCADE, related_name="mediators")
    member = models.ForeignKey(
        "accounts.Member", verbose_name="médiateur", on_delete=models.PROTECT, related_name="+", db_index=True
    )
    named_by = member_key("désigné par")
    named_at = models.DateTimeField("désigné à", default=now)
    confirmed_by = member_key("confirmé par", null=True, blank=True)
    confirmed_at = models.DateTimeField("confirmé à", null=True, blank=True)
    link = EncryptedTextField("lien déclaré avec une partie", blank=True, default="")
    declared_at = models.DateTimeField("lien déclaré à", null=True, blank=True)
    entered_at = models.DateTimeField("coffre ouvert à", null=True, blank=True)
    left_at = models.DateTimeField("quitte le dossier à", null=True, blank=True)

    class Meta:
        verbose_name = "médiateur d’un dossier"
        verbose_name_plural = "médiateurs d’un dossier"
        constraints = [
            models.UniqueConstraint(
                fields=["case", "member"], condition=Q(left_at=None), name="mediations_one_place_a_mediator"
            ),
            models.CheckConstraint(
                condition=Q(entered_at=None) | Q(confirmed_at__isnull=False, declared_at__isnull=False),
                name="mediations_vault_opens_after_both",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.member_id} ({self.case_id})"

    def encryption_scope(self) -> Scope:
        """The case's key."""
        return case_scope(self.case_id)


class StageMove(CaseRow):
    """A step forward or back, with the optional stages it left aside. Never changed afterwards."""

    source = models.CharField("de", max_length=20, choices=Stage)
    target = models.CharField("à", max_length=20, choices=Stage)
    passed_over = models.JSONField("étapes laissées de côté", default=list, blank=True)
    at = models.DateTimeField("moment", default=now)
    by = member_key("par")

    class Meta:
        verbose_name = "changement d’étape"
        verbose_name_plural = "changements d’étape"
        ordering = ("at", "pk")

    def __str__(self) -> str:
        return f"{self.source} → {self.target}"
