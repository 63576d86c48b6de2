"""Bodies that prepare candidates: whose people read how far their own candidates are, and nothing else."""

from django.db import models

from entremise.certification.models.base import HouseQuerySet, member_key
from entremise.certification.models.candidates import Candidate
from entremise.core.db import UUIDModel, organisation_key


class PreparingBody(UUIDModel):
    """A body that prepares for the certification, as the certifier knows it."""

    organisation = organisation_key(db_index=False)
    name = models.CharField("nom", max_length=160)

    objects = HouseQuerySet.as_manager()

    class Meta:
        verbose_name = "organisme préparateur"
        verbose_name_plural = "organismes préparateurs"
        ordering = ["name", "pk"]
        constraints = [models.UniqueConstraint(fields=["organisation", "name"], name="certification_body_once")]

    def __str__(self) -> str:
        return self.name


class PreparingContact(UUIDModel):
    """An account that reads for a body: of one body at a time."""

    body = models.ForeignKey(
        PreparingBody, verbose_name="organisme préparateur", on_delete=models.CASCADE, related_name="contacts"
    )
    member = member_key("compte")

    class Meta:
        verbose_name = "compte d’un organisme préparateur"
        verbose_name_plural = "comptes des organismes préparateurs"
        constraints = [models.UniqueConstraint(fields=["member"], name="certification_contact_of_one_body")]

    def __str__(self) -> str:
        return str(self.pk)


class Preparation(UUIDModel):
    """A candidate whom a body prepares."""

    body = models.ForeignKey(
        PreparingBody, verbose_name="organisme préparateur", on_delete=models.CASCADE, related_name="preparations"
    )
    candidate = models.ForeignKey(
        Candidate, verbose_name="candidat", on_delete=models.CASCADE, related_name="preparations"
    )

    class Meta:
        verbose_name = "préparation d’un candidat"
        verbose_name_plural = "préparations des candidats"
        constraints = [models.UniqueConstraint(fields=["candidate", "body"], name="certification_prepared_once")]

    def __str__(self) -> str:
        return str(self.pk)
