"""Signed badges: the certifier's keys, what was signed with each, what was withdrawn since."""

from typing import Any

from django.db import models
from django.db.models import Q

from entremise.accounts.enums import Role
from entremise.certification.models.base import HouseQuerySet, OfCandidate, OfHouse, of_the_house
from entremise.certification.models.candidates import Candidate
from entremise.certification.models.certificates import Certificate
from entremise.core.actor import Actor
from entremise.core.db import EncryptedTextField, UUIDModel, organisation_key
from entremise.core.time import now


class BadgeKey(OfHouse, UUIDModel):
    """An Ed25519 key of the certifier. Retired, it signs no new badge, but still the list of those it signed.

    ``public``: how the key names itself, without ``did:key:``. ``withdrawn``: its signed list of withdrawn badges, as
    it is served; ``list_url``: the address written in every badge, which can never change.
    """

    organisation = organisation_key(db_index=False)
    public = models.CharField("clé publique", max_length=60, unique=True)
    seed = EncryptedTextField("clé secrète")
    list_url = models.URLField("adresse de la liste des retraits", max_length=300)
    withdrawn = models.TextField("liste des retraits, signée")
    made_at = models.DateTimeField("créée à", default=now)
    retired_at = models.DateTimeField("remplacée à", null=True, blank=True)

    objects = HouseQuerySet.as_manager()

    class Meta:
        verbose_name = "clé de badges"
        verbose_name_plural = "clés de badges"
        constraints = [
            models.UniqueConstraint(
                fields=["organisation"], condition=Q(retired_at=None), name="certification_one_signing_key"
            ),
        ]
        indexes = [models.Index(fields=["organisation", "made_at"], name="certification_badge_keys")]

    def __str__(self) -> str:
        return self.public


class BadgeQuerySet(models.QuerySet):
    """A badge is its holder's and its certifier's."""

    def visible_to(self, actor: Actor) -> Any:
        """Every badge for the certifier, one's own for a holder."""
        if actor.member_id is not None and actor.has_role(Role.CANDIDAT) and not actor.has_role(Role.CERTIFICATEUR):
            return self.filter(organisation_id=actor.organisation_id, candidate__member_id=actor.member_id)
        return of_the_house(self, actor)


class Badge(OfCandidate, UUIDModel):
    """What was signed for one certificate, to the byte. ``is_tied``: its holder had it tied to an address.

    ``position`` is drawn at random in the key's list, so that the list tells nothing of an order.
    """

    organisation = organisation_key(db_index=False)
    certificate = models.ForeignKey(
        Certificate, verbose_name="certificat", on_delete=models.PROTECT, related_name="badges"
    )
    candidate = models.ForeignKey(
        Candidate, verbose_name="titulaire", on_delete=models.PROTECT, related_name="+", db_index=False
    )
    key = models.ForeignKey(
        BadgeKey, verbose_name="clé", on_delete=models.PROTECT, related_name="badges", db_index=False
    )
    position = models.PositiveIntegerField("place dans la liste des retraits")
    content = EncryptedTextField("badge signé")
    digest = models.CharField("empreinte", max_length=64)
    is_tied = models.BooleanField("lié à une adresse par le titulaire", default=False)
    issued_at = models.DateTimeField("signé à", default=now)
    withdrawn_at = models.DateTimeField("retiré à", null=True, blank=True)

    objects = BadgeQuerySet.as_manager()

    class Meta:
        verbose_name = "badge"
        verbose_name_plural = "badges"
        constraints = [
            models.UniqueConstraint(fields=["key", "position"], name="certification_badge_place"),
            models.UniqueConstraint(
                fields=["certificate"], condition=Q(withdrawn_at=None), name="certification_one_living_badge"
            ),
        ]

    def __str__(self) -> str:
        return str(self.pk)
