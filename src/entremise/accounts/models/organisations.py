"""Organisations, teams, members."""

from django.db import models

from entremise.accounts.enums import ANONYMOUS_JOBS, Job, OrganisationKind
from entremise.accounts.models.base import TenantQuerySet
from entremise.accounts.models.users import User
from entremise.core.db import UUIDModel, organisation_key
from entremise.core.time import now


class Organisation(UUIDModel):
    """An employer of mediators; the owner of everything its members write."""

    name = models.CharField("nom", max_length=160)
    kind = models.CharField("nature", max_length=20, choices=OrganisationKind)
    siret = models.CharField("SIRET", max_length=14, blank=True)
    commune_code = models.CharField("commune", max_length=5, blank=True)
    # A public address of the structure, to which those it writes to may answer.
    contact_email = models.EmailField("adresse de contact", max_length=254, blank=True, default="")
    created_at = models.DateTimeField("créée à", default=now)

    class Meta:
        verbose_name = "organisation"
        verbose_name_plural = "organisations"

    def __str__(self) -> str:
        return self.name


class Team(UUIDModel):
    """Mediators who work together and read one another's log; its job chooses registers and cards."""

    organisation = organisation_key()
    name = models.CharField("nom", max_length=120)
    job = models.CharField("métier", max_length=30, choices=Job)
    is_active = models.BooleanField("active", default=True)

    objects = TenantQuerySet.as_manager()

    class Meta:
        verbose_name = "équipe"
        verbose_name_plural = "équipes"
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "name"], condition=models.Q(is_active=True), name="accounts_team_name"
            )
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_anonymous(self) -> bool:
        """True for the jobs whose public must never be identifiable."""
        return self.job in ANONYMOUS_JOBS


class Member(UUIDModel):
    """A person in an organisation. It outlives the account: acts keep it as their author."""

    organisation = organisation_key()
    user = models.ForeignKey(User, verbose_name="compte", null=True, on_delete=models.SET_NULL, related_name="members")
    roles = models.JSONField("rôles", default=list)
    teams = models.ManyToManyField(Team, verbose_name="équipes", related_name="members", blank=True)
    joined_at = models.DateTimeField("arrivée", default=now)
    left_at = models.DateTimeField("départ", null=True, blank=True)

    objects = TenantQuerySet.as_manager()

    class Meta:
        verbose_name = "membre"
        verbose_name_plural = "membres"
        constraints = [models.UniqueConstraint(fields=["organisation", "user"], name="accounts_member_once")]

    def __str__(self) -> str:
        return str(self.pk)
