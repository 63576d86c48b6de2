"""The people juries are made of, and what ties them to candidates."""

from typing import Any

from django.db import models
from django.db.models import Q

from entremise.certification.enums import TieKind
from entremise.certification.models.base import HouseQuerySet, OfCandidate, OfHouse, member_key, of_the_house
from entremise.certification.models.candidates import Candidate
from entremise.competences.enums import SeatKind
from entremise.core.actor import Actor
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


class TieQuerySet(models.QuerySet):
    """Links are the certifier's business alone: a jury does not read why one of its members leaves."""

    def visible_to(self, actor: Actor) -> Any:
        """Those between the people of the actor's house."""
        return self.filter(juror__in=of_the_house(Juror.objects.all(), actor))


class Tie(OfCandidate, UUIDModel):
    """A link with a candidate, declared by the member or noted by the certifier.

    Taken back, it keeps nobody out any more and stays in the history, with who took it back and why. Its words go with
    the candidate's file.
    """

    juror = models.ForeignKey(Juror, verbose_name="membre de jury", on_delete=models.CASCADE, related_name="ties")
    candidate = models.ForeignKey(Candidate, verbose_name="candidat", on_delete=models.CASCADE, related_name="ties")
    kind = models.CharField("nature", max_length=10, choices=TieKind)
    reason = EncryptedTextField("précision", blank=True, default="")
    declared_by = member_key("déclaré par", null=True, blank=True)
    declared_at = models.DateTimeField("déclaré à", default=now)
    taken_back_by = member_key("retiré par", null=True, blank=True)
    taken_back_at = models.DateTimeField("retiré à", null=True, blank=True)
    taken_back_for = EncryptedTextField("motif du retrait", blank=True, default="")

    objects = TieQuerySet.as_manager()

    class Meta:
        verbose_name = "lien avec un candidat"
        verbose_name_plural = "liens avec des candidats"
        constraints = [
            models.UniqueConstraint(
                fields=["juror", "candidate", "kind"],
                condition=Q(taken_back_at=None),
                name="certification_standing_tie_once",
            ),
        ]

    def __str__(self) -> str:
        return str(self.pk)
