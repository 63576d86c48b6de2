"""Conventions with funders, the text of their reports, and the links that share them."""

import datetime as dt
from typing import Any

from django.db import models
from django.db.models import F, Q

from entremise.core.actor import Actor
from entremise.core.crypto import Scope
from entremise.core.db import EncryptedTextField, UUIDModel, organisation_key
from entremise.core.time import now
from entremise.keys.services import organisation_scope
from entremise.statistics.enums import FunderKind, LinkState, Template

LINK_LIFETIME = dt.timedelta(days=30)
TEXT_LENGTH = 8000  # characters of each part of a report typed by the coordinator


class OrganisationQuerySet(models.QuerySet):
    """Rows of an organisation; every list starts from ``visible_to``."""

    def visible_to(self, actor: Actor) -> Any:
        """The rows of the actor's current organisation, none when there is no organisation."""
        return self.filter(organisation_id=actor.organisation_id) if actor.organisation_id else self.none()


class Convention(UUIDModel):
    """What a funder pays for: places, dates, registers, and the layout of the report it waits for.

    An act may serve several conventions; their totals are never added.
    """

    organisation = organisation_key()
    funder_name = models.CharField("financeur", max_length=160)
    funder_kind = models.CharField("nature du financeur", max_length=30, choices=FunderKind)
    number = models.CharField("numéro", max_length=60, blank=True)
    starts_on = models.DateField("début")
    ends_on = models.DateField("fin")
    template = models.CharField("modèle", max_length=30, choices=Template, default=Template.RAPPORT_ACTIVITE)
    registers = models.JSONField("registres comptés", default=list, blank=True)
    sites = models.ManyToManyField("places.Site", verbose_name="lieux", related_name="+", blank=True)
    planned_registers = models.JSONField("missions prévues (registres)", default=list, blank=True)
    # Adulte-relais: may name the employee or the tutor, so it is sealed.
    post = EncryptedTextField("poste, tuteur, parcours", blank=True, default="")
    missions = EncryptedTextField("missions prévues (texte)", blank=True, default="")
    is_active = models.BooleanField("active", default=True)
    created_at = models.DateTimeField("créée à", default=now)

    objects = OrganisationQuerySet.as_manager()

    class Meta:
        verbose_name = "convention"
        verbose_name_plural = "conventions"
        ordering = ["-is_active", "funder_name", "-starts_on", "id"]
        constraints = [
            models.CheckConstraint(condition=Q(ends_on__gte=F("starts_on")), name="statistics_convention_dates"),
        ]
        indexes = [
            models.Index(
                fields=["organisation", "-is_active", "funder_name", "-starts_on"], name="statistics_convention_list"
            )
        ]

    def __str__(self) -> str:
        return f"{self.funder_name} {self.number}".strip()

    def encryption_scope(self) -> Scope:
        """The organisation's key."""
        return organisation_scope(self.organisation_id)

    @property
    def is_landlord(self) -> bool:
        """Landlords get nothing finer than residence and month (product principle 3)."""
        return self.funder_kind == FunderKind.BAILLEUR or self.template == Template.NOTE_BAILLEUR


class ReportDraft(UUIDModel):
    """What the coordinator writes around the figures of a convention and a period."""

    organisation = organisation_key()
    convention = models.ForeignKey(
        Convention, verbose_name="convention", on_delete=models.CASCADE, related_name="drafts", db_index=False
    )
    period_start = models.DateField("premier jour")
    period_end = models.DateField("dernier jour")
    highlights = EncryptedTextField("faits marquants", blank=True, default="")
    situations = EncryptedTextField("situations anonymisées", blank=True, default="")
    outlook = EncryptedTextField("difficultés et perspectives", blank=True, default="")
    version = models.PositiveIntegerField("version", default=1)
    updated_at = models.DateTimeField("modifié à", default=now)
    sent_at = models.DateTimeField("envoyé à", null=True, blank=True)

    objects = OrganisationQuerySet.as_manager()

    class Meta:
        verbose_name = "texte de bilan"
        verbose_name_plural = "textes de bilan"
        constraints = [
            models.UniqueConstraint(
                fields=["convention", "period_start", "period_end"], name="statistics_one_draft_per_period"
            )
        ]

    def __str__(self) -> str:
        return f"{self.convention_id} {self.period_start} {self.period_end}"

    def encryption_scope(self) -> Scope:
        """The organisation's key."""
        return organisation_scope(self.organisation_id)


def link_expiry() -> dt.datetime:
    """When a link made now lapses."""
    return now() + LINK_LIFETIME


class ReportLink(UUIDModel):
    """A frozen report that a funder opens without an account. Only the hash of its token is kept."""

    organisation = organisation_key()
    convention = models.ForeignKey(
        Convention, verbose_name="convention", on_delete=models.CASCADE, related_name="links", db_index=False
    )
    period_start = models.DateField("premier jour")
    period_end = models.DateField("dernier jour")
    version = models.PositiveIntegerField("version", default=1)
    token_hash = models.CharField("empreinte du jeton", max_length=64, unique=True)
    snapshot = models.JSONField("bilan figé")  # already suppressed: exactly what the funder may see
    created_by = models.ForeignKey(
        "accounts.Member", verbose_name="créé par", on_delete=models.PROTECT, related_name="+", db_index=False
    )
    created_at = models.DateTimeField("créé à", default=now)
    expires_at = models.DateTimeField("expire à", default=link_expiry)
    revoked_at = models.DateTimeField("retiré à", null=True, blank=True)
    openings = models.PositiveIntegerField("ouvertures", default=0)
    last_opened_at = models.DateTimeField("dernière ouverture", null=True, blank=True)

    objects = OrganisationQuerySet.as_manager()

    class Meta:
        verbose_name = "lien de bilan"
        verbose_name_plural = "liens de bilan"
        ordering = ["-created_at", "id"]
        indexes = [models.Index(fields=["convention", "-created_at"], name="statistics_link_list")]

    def __str__(self) -> str:
        return f"{self.convention_id} {self.period_start}"

    @property
    def is_open(self) -> bool:
        """True while the funder can read it."""
        return self.state == LinkState.OUVERT

    @property
    def state(self) -> LinkState:
        """Withdrawn prevails over lapsed."""
        if self.revoked_at is not None:
            return LinkState.RETIRE
        return LinkState.OUVERT if self.expires_at > now() else LinkState.EXPIRE
