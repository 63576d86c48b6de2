"""The VAE path: the two dossiers of a candidacy, their history, their pieces, the certifier's delays."""

from typing import Any

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q

from entremise.accounts.enums import Role
from entremise.certification.enums import (
    Companionship,
    FeasibilityState,
    Mastery,
    Opinion,
    PieceKind,
    VaeStepKind,
    ValidationState,
)
from entremise.certification.models.base import HouseQuerySet, OfCandidate, OfHouse, member_key, of_the_house
from entremise.certification.models.candidates import Candidacy, Candidate, Companion
from entremise.core.actor import Actor
from entremise.core.db import EncryptedTextField, UUIDModel, organisation_key
from entremise.core.time import now, today

_DAYS = (MinValueValidator(1), MaxValueValidator(1000))


def _days(name: str, default: int) -> models.PositiveSmallIntegerField:
    return models.PositiveSmallIntegerField(name, default=default, validators=_DAYS)


class VaeSettings(OfHouse, UUIDModel):
    """The certifier's delays for the VAE, and its link with the national service (closed until somebody opens it)."""

    organisation = organisation_key(db_index=False)
    admissibility = _days("délai de la décision de recevabilité, en jours", 60)
    warning = _days("prévenir avant la fin de ce délai, en jours", 15)
    jury = _days("délai du jury après le dossier de validation, en jours", 90)
    notification = _days("délai de notification du résultat, en jours", 15)
    idle_before = _days("inactivité avant la recevabilité, en jours", 60)
    idle_after = _days("inactivité après la recevabilité, en jours", 165)
    lapse = _days("caducité sans réponse, en jours", 180)
    service_open = models.BooleanField("lien avec le service national ouvert", default=False)
    service_token = EncryptedTextField("jeton du service national", blank=True, default="")
    read_at = models.DateTimeField("dossiers relevés à", null=True, blank=True)
    read_refusal = models.CharField("pourquoi rien n’a été relevé", max_length=16, blank=True, default="")

    objects = HouseQuerySet.as_manager()

    class Meta:
        verbose_name = "réglages de la VAE"
        verbose_name_plural = "réglages de la VAE"
        constraints = [models.UniqueConstraint(fields=["organisation"], name="certification_vae_settings_once")]

    def __str__(self) -> str:
        return str(self.pk)


class VaeQuerySet(models.QuerySet):
    """A dossier is read by the certifier, by its candidate and by who accompanies them: a trainer does not."""

    def visible_to(self, actor: Actor) -> Any:
        """The dossiers whose words the actor reads."""
        if actor.member_id is None:
            return self.none()
        house = self.filter(organisation_id=actor.organisation_id)
        if actor.has_role(Role.CERTIFICATEUR):
            return house
        seen = Q(pk__in=[])
        if actor.has_role(Role.CANDIDAT):
            seen |= Q(candidate__member_id=actor.member_id)
        if actor.has_role(Role.FORMATEUR):
            mine = Companion.objects.filter(member_id=actor.member_id, kind=Companionship.COMPANION)
            seen |= Q(candidate_id__in=mine.values("candidate_id"))
        return house.filter(seen)

    def managed_by(self, actor: Actor) -> Any:
        """Those the certifier's staff may decide."""
        return of_the_house(self, actor)


class VaeDossier(OfCandidate, UUIDModel):
    """The dossier de faisabilité then the dossier de validation of one candidacy.

    ``service_id``: the candidature's identifier at the national service, where it came from there. ``due_on``: the
    last day for the decision of admissibility, counted when the dossier was sent with the delay of that day.
    """

    organisation = organisation_key(db_index=False)
    candidate = models.ForeignKey(
        Candidate, verbose_name="candidat", on_delete=models.CASCADE, related_name="vae_dossiers"
    )
    candidacy = models.OneToOneField(
        Candidacy, verbose_name="candidature", on_delete=models.CASCADE, related_name="vae_dossier"
    )
    service_id = models.CharField("identifiant au service national", max_length=36, blank=True, default="")
    feasibility = models.CharField(
        "dossier de faisabilité", max_length=12, choices=FeasibilityState, default=FeasibilityState.DRAFT
    )
    sworn_on = models.DateField("déclaration sur l’honneur", null=True, blank=True)
    sent_on = models.DateField("envoyé le", null=True, blank=True)
    due_on = models.DateField("à décider avant le", null=True, blank=True)
    decided_on = models.DateField("décidé le", null=True, blank=True)
    valid_until = models.DateField("recevable jusqu’au", null=True, blank=True)
    opinion = models.CharField("avis de l’accompagnateur", max_length=12, choices=Opinion, blank=True, default="")
    opinion_reason = EncryptedTextField("motif de l’avis", blank=True, default="")
    opinion_on = models.DateField("avis donné le", null=True, blank=True)
    validation = models.CharField(
        "dossier de validation", max_length=12, choices=ValidationState, default=ValidationState.AWAITED
    )
    validation_on = models.DateField("dossier de validation envoyé le", null=True, blank=True)
    active_on = models.DateField("dernière activité du candidat", default=today)
    idle_on = models.DateField("réponse demandée le", null=True, blank=True)
    lapsed_on = models.DateField("caduque le", null=True, blank=True)
    contested_on = models.DateField("caducité contestée le", null=True, blank=True)
    contest = EncryptedTextField("contestation de la caducité", blank=True, default="")

    objects = VaeQuerySet.as_manager()

    class Meta:
        verbose_name = "dossier de VAE"
        verbose_name_plural = "dossiers de VAE"
        indexes = [
            models.Index(fields=["organisation", "feasibility", "due_on"], name="certification_vae_due"),
            models.Index(fields=["organisation", "-id"], name="certification_vae_list"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "service_id"], condition=~Q(service_id=""), name="certification_vae_service_id"
            ),
        ]

    def __str__(self) -> str:
        return str(self.pk)


class VaeCompetence(OfCandidate, UUIDModel):
    """What the candidate wrote of one competence, and whether they hold it."""

    dossier = models.ForeignKey(
        VaeDossier, verbose_name="dossier de VAE", on_delete=models.CASCADE, related_name="competences"
    )
    candidate = models.ForeignKey(
        Candidate, verbose_name="candidat", on_delete=models.CASCADE, related_name="+", db_index=False
    )
    competence_code = models.CharField("compétence", max_length=20)
    mastery = models.CharField("acquise", max_length=8, choices=Mastery, blank=True, default="")
    text = EncryptedTextField("ce que le candidat a fait", blank=True, default="")

    class Meta:
        verbose_name = "compétence d’un dossier de VAE"
        verbose_name_plural = "compétences des dossiers de VAE"
        constraints = [
            models.UniqueConstraint(fields=["dossier", "competence_code"], name="certification_vae_competence_once")
        ]

    def __str__(self) -> str:
        return self.competence_code


class VaeStep(OfCandidate, UUIDModel):
    """One line of the history of a dossier: never changed, never removed while the dossier lives."""

    dossier = models.ForeignKey(
        VaeDossier, verbose_name="dossier de VAE", on_delete=models.CASCADE, related_name="steps"
    )
    candidate = models.ForeignKey(
        Candidate, verbose_name="candidat", on_delete=models.CASCADE, related_name="+", db_index=False
    )
    kind = models.CharField("étape", max_length=16, choices=VaeStepKind)
    member = member_key("par", null=True, blank=True)
    reason = EncryptedTextField("motif", blank=True, default="")
    at = models.DateTimeField("à", default=now)

    class Meta:
        verbose_name = "étape d’un dossier de VAE"
        verbose_name_plural = "étapes des dossiers de VAE"
        ordering = ["at", "pk"]

    def __str__(self) -> str:
        return str(self.pk)


class VaePiece(OfCandidate, UUIDModel):
    """A piece joined to a dossier, sealed under the candidate's key: base 64, in the database.

    There, erasure, rotation of keys, backup and restore reach it as they reach every other word of the file.
    """

    personal = ("media_type",)

    dossier = models.ForeignKey(
        VaeDossier, verbose_name="dossier de VAE", on_delete=models.CASCADE, related_name="pieces"
    )
    candidate = models.ForeignKey(
        Candidate, verbose_name="candidat", on_delete=models.CASCADE, related_name="+", db_index=False
    )
    kind = models.CharField("nature", max_length=12, choices=PieceKind)
    name = EncryptedTextField("nom du fichier")
    media_type = models.CharField("type de contenu", max_length=40)
    size = models.PositiveIntegerField("taille en octets")
    digest = models.CharField("empreinte", max_length=64)
    content = EncryptedTextField("contenu")
    added_at = models.DateTimeField("jointe à", default=now)

    class Meta:
        verbose_name = "pièce d’un dossier de VAE"
        verbose_name_plural = "pièces des dossiers de VAE"
        ordering = ["added_at", "pk"]

    def __str__(self) -> str:
        return str(self.pk)
