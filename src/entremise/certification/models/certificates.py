"""Certificates and block attestations: what was delivered, under which number, and whether it still holds."""

from typing import Any

from django.db import models
from django.db.models import Q

from entremise.accounts.enums import Role
from entremise.certification.enums import CertificateKind
from entremise.certification.models.base import OfCandidate, of_the_house
from entremise.certification.models.candidates import Candidate
from entremise.core.actor import Actor
from entremise.core.db import EncryptedTextField, UUIDModel, organisation_key
from entremise.core.time import now


class CertificateQuerySet(models.QuerySet):
    """A certificate is its holder's and its certifier's."""

    def visible_to(self, actor: Actor) -> Any:
        """Every certificate for the certifier, one's own for a holder."""
        if actor.member_id is not None and actor.has_role(Role.CANDIDAT) and not actor.has_role(Role.CERTIFICATEUR):
            return self.filter(organisation_id=actor.organisation_id, candidate__member_id=actor.member_id)
        return of_the_house(self, actor)


class Certificate(OfCandidate, UUIDModel):
    """What was delivered, word for word: ``content`` is canonical JSON, ``digest`` its SHA-256.

    Civil status corrected later does not rewrite a paper already in someone's hands: it is revoked and made again.
    """

    organisation = organisation_key(db_index=False)
    candidate = models.ForeignKey(
        Candidate, verbose_name="titulaire", on_delete=models.PROTECT, related_name="certificates"
    )
    kind = models.CharField("nature", max_length=10, choices=CertificateKind)
    record_code = models.CharField("certification", max_length=20)
    block_code = models.CharField("bloc", max_length=30, blank=True, default="")
    route = models.CharField("voie d’accès", max_length=20)
    year = models.PositiveSmallIntegerField("année")
    rank = models.PositiveIntegerField("rang dans l’année")
    number = models.CharField("numéro", max_length=40, db_index=True)
    acquired_on = models.DateField("acquis le")
    delivered_on = models.DateField("délivré le")
    content = EncryptedTextField("texte du certificat")
    digest = models.CharField("empreinte", max_length=64)
    copies = models.PositiveIntegerField("exemplaires imprimés", default=0)
    delivered_at = models.DateTimeField("enregistré à", default=now)
    revoked_at = models.DateTimeField("retiré à", null=True, blank=True)
    revocation = EncryptedTextField("motif du retrait", blank=True, default="")

    duplicates: list[Any]  # told by the journal, for who reads a file: ``certificates_of``

    objects = CertificateQuerySet.as_manager()

    class Meta:
        verbose_name = "certificat"
        verbose_name_plural = "certificats"
        constraints = [
            models.UniqueConstraint(fields=["organisation", "year", "rank"], name="certification_certificate_number"),
            models.UniqueConstraint(
                fields=["candidate", "kind", "record_code", "block_code"],
                condition=Q(revoked_at=None),
                name="certification_one_living_certificate",
            ),
            models.CheckConstraint(
                condition=Q(kind=CertificateKind.FULL, block_code="")
                | (Q(kind=CertificateKind.BLOCK) & ~Q(block_code="")),
                name="certification_attestation_of_a_block",
            ),
        ]

    def __str__(self) -> str:
        return self.number
