"""Phones, and the keys that operations are sealed for."""

from django.db import models
from django.db.models import Q

from entremise.core.db import EncryptedTextField
from entremise.core.time import now
from entremise.sync.models.base import OwnedModel, member_key


class Device(OwnedModel):
    """A phone on which one member writes. What it signs is that member's, whoever's session carries it."""

    member = member_key("membre", db_index=False)
    browser = models.CharField("navigateur", max_length=80, blank=True, default="")
    signing_public = models.CharField("clé publique de signature", max_length=100)
    reading_public = models.CharField("clé publique de lecture", max_length=100)
    enrolled_at = models.DateTimeField("inscrit à", default=now)
    last_contact_at = models.DateTimeField("dernier contact", null=True, blank=True)
    # What the phone says it was told: more than the server knows means that the server was restored.
    told_seq = models.PositiveBigIntegerField("dernier numéro que l’appareil sait reçu", default=0)
    acknowledged_seq = models.PositiveBigIntegerField("dernier numéro reçu sans trou", default=0)
    highest_seq = models.PositiveBigIntegerField("plus haut numéro reçu", default=0)
    gap_since = models.DateTimeField("trou constaté à", null=True, blank=True)
    health = models.JSONField("état dit par l’appareil", default=dict, blank=True)
    revoked_at = models.DateTimeField("révoqué à", null=True, blank=True)
    revoked_by = member_key("révoqué par", null=True, blank=True, db_index=False)
    wipe_told_at = models.DateTimeField("effacement demandé à", null=True, blank=True)

    class Meta:
        verbose_name = "appareil"
        verbose_name_plural = "appareils"
        indexes = [
            models.Index(fields=["organisation", "-last_contact_at"], name="sync_device_org"),
            models.Index(fields=["member", "-enrolled_at"], name="sync_device_member"),
        ]

    def __str__(self) -> str:
        return str(self.pk)


class OrganisationKey(OwnedModel):
    """The key pair operations of an organisation are sealed to; the private half is sealed like any other word."""

    public = models.CharField("clé publique", max_length=100)
    private = EncryptedTextField("clé privée")
    created_at = models.DateTimeField("créée à", default=now)
    retired_at = models.DateTimeField("remplacée à", null=True, blank=True)

    class Meta:
        verbose_name = "clé de réception"
        verbose_name_plural = "clés de réception"
        constraints = [
            models.UniqueConstraint(fields=["organisation"], condition=Q(retired_at=None), name="sync_one_current_key")
        ]

    def __str__(self) -> str:
        return str(self.pk)
