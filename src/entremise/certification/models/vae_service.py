"""What is exchanged with the national service of the VAE: what came, what must leave."""

from django.db import models
from django.db.models import Q

from entremise.certification.models.base import HouseQuerySet, OfCandidate, OfHouse, member_key
from entremise.certification.models.candidates import Candidate
from entremise.certification.models.sessions import ExamSession
from entremise.certification.models.vae import VaeDossier
from entremise.certification.national import SendKind
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

    ``session``: the one whose result it is. ``payload``: what is told, as JSON, sealed: a reason is a text about a
    person. ``refusal``: a code of ``vae_refusals``, and the HTTP status where there was one.
    """

    organisation = organisation_key(db_index=False)
    candidate = models.ForeignKey(
        Candidate, verbose_name="candidat", on_delete=models.CASCADE, related_name="+", db_index=False
    )
    dossier = models.ForeignKey(
        VaeDossier, verbose_name="dossier de VAE", on_delete=models.CASCADE, related_name="sends"
    )
    session = models.ForeignKey(
        ExamSession, verbose_name="session", on_delete=models.CASCADE, null=True, blank=True, related_name="+"
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


class VaeCorrection(OfCandidate, UUIDModel):
    """An addendum changed a result that the national service was told: it takes a result once, a person has it mended.

    Open until somebody says it was done there. ``told`` and ``present``: results in the words of the service, sealed.
    """

    organisation = organisation_key(db_index=False)
    candidate = models.ForeignKey(
        Candidate, verbose_name="candidat", on_delete=models.CASCADE, related_name="+", db_index=False
    )
    dossier = models.ForeignKey(
        VaeDossier, verbose_name="dossier de VAE", on_delete=models.CASCADE, related_name="corrections"
    )
    session = models.ForeignKey(ExamSession, verbose_name="session", on_delete=models.CASCADE, related_name="+")
    told = EncryptedTextField("résultat transmis")
    present = EncryptedTextField("résultat d’aujourd’hui")
    noticed_at = models.DateTimeField("vu à", default=now)
    done_at = models.DateTimeField("corrigé au service à", null=True, blank=True)
    done_by = member_key("corrigé par", null=True, blank=True)

    objects = HouseQuerySet.as_manager()

    class Meta:
        verbose_name = "résultat à faire corriger au service national"
        verbose_name_plural = "résultats à faire corriger au service national"
        ordering = ["noticed_at", "pk"]
        indexes = [
            models.Index(
                fields=["organisation", "noticed_at"], name="certification_vae_to_correct", condition=Q(done_at=None)
            )
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["dossier", "session"], condition=Q(done_at=None), name="certification_vae_correct_once"
            )
        ]

    def __str__(self) -> str:
        return str(self.pk)
