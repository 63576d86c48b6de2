"""What a certifying body decides once for all its sessions."""

from django.db import models

from entremise.certification.enums import DepositProfile, TieBreak
from entremise.certification.models.base import HouseQuerySet
from entremise.core.db import UUIDModel, organisation_key


class CertifierSettings(UUIDModel):
    """The rules the record leaves to the certifier, and its identifiers for the official deposit.

    ``record_code`` is the certification it delivers. ``strict_ties``: one link with one candidate keeps a member out
    of the whole session, which is how the record reads; otherwise out of that candidate's examination alone.
    ``vae_entry`` and ``vae_hours``: which prerequisites also bear on the VAE.
    """

    organisation = organisation_key(db_index=False)
    record_code = models.CharField("certification délivrée", max_length=20)
    city = models.CharField("fait à", max_length=80, blank=True, default="")
    number_prefix = models.CharField("début des numéros", max_length=12, default="CERT")
    strict_ties = models.BooleanField("un lien écarte de toute la session", default=True)
    quorum = models.PositiveSmallIntegerField("quorum du jury", default=4)
    tie_break = models.CharField("en cas de partage", max_length=10, choices=TieBreak, default=TieBreak.PRESIDENT)
    vae_entry = models.BooleanField("expérience demandée aussi à la VAE", default=False)
    vae_hours = models.BooleanField("heures de stage demandées aussi à la VAE", default=False)
    deposit_client = models.CharField("identifiant client du dépôt", max_length=8, blank=True, default="")
    deposit_certifier = models.CharField("identifiant du certificateur", max_length=8, blank=True, default="")
    deposit_profile = models.CharField(
        "version du dépôt", max_length=10, choices=DepositProfile, default=DepositProfile.PUBLISHED
    )
    deposit_contract = models.CharField("identifiant du contrat", max_length=20, blank=True, default="")

    objects = HouseQuerySet.as_manager()

    class Meta:
        verbose_name = "réglages du certificateur"
        verbose_name_plural = "réglages des certificateurs"
        constraints = [
            models.UniqueConstraint(fields=["organisation"], name="certification_settings_once"),
            models.CheckConstraint(condition=models.Q(quorum__gte=2), name="certification_jury_is_collegial"),
        ]

    def __str__(self) -> str:
        return self.record_code
