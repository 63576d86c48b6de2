"""What is exchanged with the national service of the VAE: what came, what must leave."""

from django.db import models
from django.db.models import Q

from entremise.certification.enums import SendKind
from entremise.certification.models.base import HouseQuerySet, OfCandidate, OfHouse
from entremise.certification.models.candidates import Candidate
from entremise.certification.models.vae import VaeDossier
from entremise.core.db import EncryptedTextField, UUIDModel, organisation_key
from entremise.core.time import now


class VaeArrival(OfHouse, UUIDModel):
    """A candidature read at the national service that no file of the house answers to yet. Its words are sealed."""

    organisation = organisation_key(db_index=False)
    service_id = models.CharField("identifiant au service national", max_length=36)
    status = models.CharField("état au service national", max_length=20, blank=True, default="")
    sent_on = models.DateField("envoyé le", null=True, blank=True)
    content = EncryptedTextField("ce que le service en dit")
    received_at = models.DateTimeField("relevé à", default=now)

    objects = HouseQuerySet.as_manager()

    class Meta:
        verbose_name = "candidature relevée au service national"
        verbose_name_plural = "candidatures relevées au service national"
        constraints = [
            models.UniqueConstraint(fields=["organisation", "service_id"], name="certification_vae_arrival_once")
        ]

    def __str__(self) -> str:
        return self.service_id


class VaeSend(OfCandidate, UUIDModel):
    """Something to tell the national service. It stays to send, with the reason, until the service took it.

    ``payload``: what is told, as JSON, sealed: a reason is a text about a person. ``refusal``: a code of
    ``vae_refusals``, and the HTTP status where there was one.
    """

    organisation = organisation_key(db_index=False)
    candidate = models.ForeignKey(
        Candidate, verbose_name="candidat", on_delete=models.CASCADE, related_name="+", db_index=False
    )
    dossier = models.ForeignKey(
        VaeDossier, verbose_name="dossier de VAE", on_delete=models.CASCADE, related_name="sends"
    )
    kind = models.CharField("nature", max_length=12, choices=SendKind)
    payload = EncryptedTextField("contenu")
    queued_at = models.DateTimeField("à transmettre depuis", default=now)
    sent_at = models.DateTimeField("transmis à", null=True, blank=True)
    attempts = models.PositiveSmallIntegerField("essais", default=0)
    refusal = models.CharField("pourquoi ce n’est pas parti", max_length=16, blank=True, default="")

    objects = HouseQuerySet.as_manager()

    class Meta:
        verbose_name = "envoi au service national"
        verbose_name_plural = "envois au service national"
        indexes = [
            models.Index(
                fields=["organisation", "queued_at"], name="certification_vae_to_send", condition=Q(sent_at=None)
            )
        ]

    def __str__(self) -> str:
        return str(self.pk)
