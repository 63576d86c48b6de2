"""What a certifier decides where the record leaves it to: blocks that count in a new version, a route found closed."""

from typing import Any

from django.db import models

from entremise.competences.enums import Route
from entremise.competences.models.records import reader
from entremise.core.actor import Actor
from entremise.core.db import UUIDModel, organisation_key
from entremise.core.time import now


class DecisionQuerySet(models.QuerySet):
    """Of one certifier."""

    def visible_to(self, actor: Actor) -> Any:
        """Those of the actor's organisation: what a certifier decided is no secret inside it."""
        return self.filter(organisation_id=actor.organisation_id)


class Correspondence(UUIDModel):
    """A block of a record that is held as acquired by who acquired **all** these blocks of another record.

    Records and blocks are named by their codes: the decision outlives a new loading of either.
    """

    organisation = organisation_key(db_index=False)
    record_code = models.CharField("fiche", max_length=20)
    block_code = models.CharField("bloc", max_length=30)
    from_record = models.CharField("ancienne fiche", max_length=20)
    from_blocks = models.JSONField("anciens blocs, tous ensemble", default=list)
    decided_at = models.DateTimeField("décidée à", default=now)
    decided_by = reader("décidée par")

    objects = DecisionQuerySet.as_manager()

    class Meta:
        verbose_name = "correspondance de blocs"
        verbose_name_plural = "correspondances de blocs"
        ordering = ["record_code", "block_code", "from_record"]
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "record_code", "block_code", "from_record"], name="competences_match_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.from_record} {self.block_code}"


class RouteDecision(UUIDModel):
    """Whether the certifier confirms that a route given as closed by inference is; the last one counts."""

    organisation = organisation_key(db_index=False)
    record_code = models.CharField("fiche", max_length=20)
    route = models.CharField("voie d’accès", max_length=20, choices=Route)
    is_confirmed = models.BooleanField("fermeture confirmée")
    decided_at = models.DateTimeField("décidée à", default=now)
    decided_by = reader("décidée par")

    objects = DecisionQuerySet.as_manager()

    class Meta:
        verbose_name = "confirmation d’une voie"
        verbose_name_plural = "confirmations de voies"
        ordering = ["-decided_at", "-pk"]
        indexes = [models.Index(fields=["organisation", "record_code", "route"], name="competences_route_decided")]

    def __str__(self) -> str:
        return f"{self.record_code} {self.route}"
