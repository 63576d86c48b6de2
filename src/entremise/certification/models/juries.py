"""The people juries are made of, and what ties them to candidates."""

from django.db import models

from entremise.certification.enums import TieKind
from entremise.certification.models.base import HouseQuerySet, OfHouse, member_key
from entremise.certification.models.candidates import Candidate
from entremise.competences.enums import SeatKind
from entremise.core.db import EncryptedTextField, UUIDModel, organisation_key
from entremise.core.time import now


class Juror(OfHouse, UUIDModel):
    """Someone of the certifier's roster, with the quality they sit in.

    ``is_external``: neither employed by the certifiers nor of a body that prepares for the certification.
    """

    organisation = organisation_key(db_index=False)
    member = member_key("compte")
    kind = models.CharField("qualité", max_length=15, choices=SeatKind)
    is_external = models.BooleanField("extérieur aux certificateurs")
    function = EncryptedTextField("fonction", blank=True, default="")
    employer = EncryptedTextField("employeur", blank=True, default="")
    trained_on = models.DateField("informé du référentiel le", null=True, blank=True)
    confidentiality_on = models.DateField("confidentialité signée le", null=True, blank=True)
    entitled_until = models.DateField("habilité jusqu’au", null=True, blank=True)
    is_active = models.BooleanField("actif", default=True)

    objects = HouseQuerySet.as_manager()

    class Meta:
        verbose_name = "membre de jury"
        verbose_name_plural = "membres de jury"
        constraints = [
            models.UniqueConstraint(fields=["organisation", "member"], name="certification_juror_once"),
        ]

    def __str__(self) -> str:
        return str(self.pk)


class Tie(UUIDModel):
    """A link with a candidate, declared by the member or noted by the certifier. It is never taken back."""

    juror = models.ForeignKey(Juror, verbose_name="membre de jury", on_delete=models.CASCADE, related_name="ties")
    candidate = models.ForeignKey(Candidate, verbose_name="candidat", on_delete=models.CASCADE, related_name="ties")
    kind = models.CharField("nature", max_length=10, choices=TieKind)
    declared_at = models.DateTimeField("déclaré à", default=now)

    class Meta:
        verbose_name = "lien avec un candidat"
        verbose_name_plural = "liens avec des candidats"
        constraints = [
            models.UniqueConstraint(fields=["juror", "candidate", "kind"], name="certification_tie_once"),
        ]

    def __str__(self) -> str:
        return str(self.pk)
