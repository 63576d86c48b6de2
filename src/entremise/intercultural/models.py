"""What an organisation adds to the cards: who reviewed each text."""

from typing import Any

from django.db import models

from entremise.core.actor import Actor
from entremise.core.db import UUIDModel, organisation_key
from entremise.core.time import now


class TenantQuerySet(models.QuerySet):
    """Rows of an organisation; every list starts from ``visible_to``."""

    def visible_to(self, actor: Actor) -> Any:
        """The rows of the actor's current organisation, none when there is no organisation."""
        return self.filter(organisation_id=actor.organisation_id) if actor.organisation_id else self.none()


class CardReview(UUIDModel):
    """Someone who knows the language read a text of a card, and kept or corrected it.

    It holds for one wording alone: ``fingerprint`` is that of the text and of its French when they were read.
    """

    organisation = organisation_key()
    language = models.CharField("langue", max_length=10)
    key = models.CharField("texte", max_length=40)
    fingerprint = models.CharField("empreinte du texte relu", max_length=16)
    feminine = models.CharField("texte corrigé, au féminin", max_length=300, blank=True, default="")
    masculine = models.CharField("texte corrigé, au masculin", max_length=300, blank=True, default="")
    reviewer_name = models.CharField("relu par", max_length=80)
    reviewed_on = models.DateField("relu le")
    by = models.ForeignKey(
        "accounts.Member", verbose_name="noté par", null=True, on_delete=models.SET_NULL, related_name="+"
    )
    created_at = models.DateTimeField("noté à", default=now)

    personal = ("reviewer_name",)
    objects = TenantQuerySet.as_manager()

    class Meta:
        verbose_name = "relecture d’un texte de carte"
        verbose_name_plural = "relectures des textes des cartes"
        constraints = [
            models.UniqueConstraint(fields=["organisation", "language", "key"], name="intercultural_review_once"),
        ]

    def __str__(self) -> str:
        return f"{self.language} {self.key}"
