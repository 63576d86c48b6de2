"""What an act leaves to do or to think: a return visit, a team action, the reading of each party's side."""

from typing import Any

from django.db import models
from django.db.models import Q

from entremise.core.actor import Actor
from entremise.core.crypto import Scope
from entremise.core.db import EncryptedTextField, UUIDModel, organisation_key
from entremise.core.time import now
from entremise.interventions.enums import ActionOrigin, Escalation, Party, VisitDone
from entremise.interventions.models.act import CODE_LENGTH, Intervention
from entremise.interventions.models.scope import scope_of


def _member(verbose_name: str, **options: Any) -> models.ForeignKey:
    return models.ForeignKey(
        "accounts.Member",
        verbose_name=verbose_name,
        on_delete=models.PROTECT,
        related_name="+",
        db_index=False,
        **options,
    )


class TeamRows(models.QuerySet):
    """Rows of a team."""

    def visible_to(self, actor: Actor) -> Any:
        """Those of the actor's teams."""
        return self.filter(organisation_id=actor.organisation_id, team_id__in=actor.team_ids)


class ReturnVisit(UUIDModel):
    """Going back to a place the day after a conflict. It is done by being there: nobody ticks a box."""

    organisation = organisation_key(db_index=False)
    team = models.ForeignKey(
        "accounts.Team", verbose_name="équipe", on_delete=models.PROTECT, related_name="+", db_index=False
    )
    act = models.OneToOneField(
        Intervention, verbose_name="intervention", on_delete=models.CASCADE, related_name="return_visit"
    )
    site = models.ForeignKey(
        "places.Site", verbose_name="lieu", on_delete=models.PROTECT, related_name="+", db_index=False
    )
    due_on = models.DateField("à faire le")
    planned_at = models.DateTimeField("prévu à", default=now)
    planned_by = _member("prévu par")
    done_at = models.DateTimeField("fait à", null=True, blank=True)
    done_how = models.CharField("fait par", max_length=8, choices=VisitDone, blank=True, default="")

    objects = TeamRows.as_manager()

    class Meta:
        verbose_name = "repassage"
        verbose_name_plural = "repassages"
        indexes = [
            models.Index(fields=["team", "due_on", "id"], name="interventions_visit_due", condition=Q(done_at=None)),
            models.Index(fields=["organisation", "site"], name="interventions_visit_site", condition=Q(done_at=None)),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(done_at=None, done_how="") | (Q(done_at__isnull=False) & ~Q(done_how="")),
                name="interventions_visit_done_says_how",
            )
        ]

    def __str__(self) -> str:
        return f"Repassage {self.due_on}"


class TeamAction(UUIDModel):
    """Something the team decided to do about a tension that comes back, or a lesson: who, by when, done."""

    organisation = organisation_key(db_index=False)
    team = models.ForeignKey(
        "accounts.Team", verbose_name="équipe", on_delete=models.PROTECT, related_name="+", db_index=False
    )
    text = EncryptedTextField("action")
    origin = models.CharField("origine", max_length=12, choices=ActionOrigin, default=ActionOrigin.AUTRE)
    site = models.ForeignKey(
        "places.Site",
        verbose_name="lieu",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        db_index=False,
    )
    conflict_object = models.CharField("objet du conflit", max_length=CODE_LENGTH, blank=True, default="")
    owner = _member("qui s'en charge")
    due_on = models.DateField("pour le")
    opened_at = models.DateTimeField("ouverte à", default=now)
    opened_by = _member("ouverte par")
    done_at = models.DateTimeField("faite à", null=True, blank=True)
    done_by = _member("faite par", null=True, blank=True)

    objects = TeamRows.as_manager()

    class Meta:
        verbose_name = "action d'équipe"
        verbose_name_plural = "actions d'équipe"
        indexes = [
            models.Index(fields=["team", "due_on", "id"], name="interventions_action_due"),
            models.Index(fields=["owner", "due_on"], name="interventions_action_owner", condition=Q(done_at=None)),
            models.Index(fields=["organisation", "opened_at"], name="interventions_action_age"),
        ]

    def __str__(self) -> str:
        return f"Action d'équipe {self.pk}"

    def encryption_scope(self) -> Scope:
        """The organisation's key: it names nobody."""
        return scope_of(self.organisation_id, None)


class PartyReading(UUIDModel):
    """How the mediator reads one party's side of a conflict: an aid for themselves, sealed with the act."""

    organisation = organisation_key(db_index=False)
    act = models.ForeignKey(
        Intervention, verbose_name="intervention", on_delete=models.CASCADE, related_name="readings", db_index=False
    )
    party = models.CharField("partie", max_length=1, choices=Party)
    stage = models.PositiveSmallIntegerField("stade", null=True, blank=True, choices=Escalation)
    positions = EncryptedTextField("positions dites", blank=True, default="")
    interests = EncryptedTextField("intérêts", blank=True, default="")
    needs = EncryptedTextField("besoins", blank=True, default="")
    fears = EncryptedTextField("craintes", blank=True, default="")
    criteria = EncryptedTextField("critères", blank=True, default="")
    author = _member("auteur")
    at = models.DateTimeField("écrite à", default=now)
    sealed_for = models.UUIDField("personne dont la clé scelle les textes", null=True, blank=True, editable=False)

    class Meta:
        verbose_name = "lecture d'une partie"
        verbose_name_plural = "lectures des parties"
        constraints = [
            models.UniqueConstraint(fields=["act", "party"], name="interventions_reading_once"),
            models.CheckConstraint(
                condition=Q(stage=None) | Q(stage__gte=1, stage__lte=9), name="interventions_reading_stage"
            ),
        ]
        indexes = [
            models.Index(fields=["organisation", "at"], name="interventions_reading_age"),
            models.Index(
                fields=["sealed_for"], name="interventions_reading_sealed", condition=Q(sealed_for__isnull=False)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.act_id} {self.party}"

    def encryption_scope(self) -> Scope:
        """That of its act."""
        return scope_of(self.organisation_id, self.sealed_for)
