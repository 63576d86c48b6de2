"""Append-only events and the seals that prove nothing was changed."""

from django.db import models

from entremise.core.ids import uuid7
from entremise.core.time import now


class Entry(models.Model):
    """One event: who, what, which record, when. Never a value, never personal text."""

    sequence = models.BigAutoField("rang", primary_key=True)
    id = models.UUIDField("identifiant", default=uuid7, unique=True, editable=False)
    at = models.DateTimeField("instant", default=now)
    organisation_id = models.UUIDField("organisation", null=True)
    user_id = models.UUIDField("compte", null=True)
    function = models.CharField("fonction", max_length=120)
    origin = models.CharField("origine", max_length=20)
    request_id = models.CharField("requête", max_length=40, blank=True)
    name = models.CharField("événement", max_length=80)
    target_type = models.CharField("type de fiche", max_length=60)
    target_id = models.UUIDField("fiche")
    payload = models.JSONField("codes et empreintes", default=dict)

    personal = ("user_id", "function", "payload")

    class Meta:
        verbose_name = "événement du journal"
        verbose_name_plural = "événements du journal"
        ordering = ["sequence"]
        indexes = [
            models.Index(fields=["organisation_id", "-sequence"], name="journal_org_idx"),
            models.Index(fields=["target_id", "sequence"], name="journal_target_idx"),
            models.Index(fields=["at"], name="journal_at_idx"),
        ]

    def __str__(self) -> str:
        return f"{self.name} {self.target_id}"


class Seal(models.Model):
    """The hash of one day of events, chained to the day before."""

    day = models.DateField("jour", unique=True)
    first_sequence = models.BigIntegerField("premier rang")
    last_sequence = models.BigIntegerField("dernier rang")
    count = models.PositiveIntegerField("nombre d'événements")
    previous_hash = models.CharField("empreinte précédente", max_length=64)
    hash = models.CharField("empreinte", max_length=64)
    sealed_at = models.DateTimeField("scellé à", default=now)

    class Meta:
        verbose_name = "scellé"
        verbose_name_plural = "scellés"
        ordering = ["day"]

    def __str__(self) -> str:
        return f"{self.day}"
