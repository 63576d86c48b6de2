"""What became of holders: a question put to each at six months and at two years, and the figures made from them."""

from django.db import models
from django.db.models import F, Q

from entremise.certification.enums import Channel, SurveyState, Wave
from entremise.certification.models.base import HouseQuerySet, OfCandidate
from entremise.certification.models.candidates import Candidate
from entremise.core.db import EncryptedTextField, UUIDModel, organisation_key
from entremise.core.time import now


class Survey(OfCandidate, UUIDModel):
    """The question put to a holder. ``year`` is the year they obtained the certification.

    ``answer`` is canonical JSON (a situation, and whether in a job aimed at), under the holder's own key, and is read
    to be counted only. ``issue`` is part of the link: a new one closes the former.
    """

    organisation = organisation_key(db_index=False)
    candidate = models.ForeignKey(Candidate, verbose_name="titulaire", on_delete=models.CASCADE, related_name="surveys")
    record_code = models.CharField("certification", max_length=20)
    year = models.PositiveSmallIntegerField("année d’obtention")
    wave = models.CharField("vague", max_length=3, choices=Wave)
    due_on = models.DateField("échéance")
    issue = models.PositiveSmallIntegerField("rang du lien", default=1)
    expires_at = models.DateTimeField("lien échu à")
    mailed_at = models.DateTimeField("dernier message à", null=True, blank=True)
    mails = models.PositiveSmallIntegerField("messages envoyés", default=0)
    revoked_at = models.DateTimeField("lien fermé à", null=True, blank=True)
    declined_at = models.DateTimeField("refus de répondre à", null=True, blank=True)
    answered_at = models.DateTimeField("répondu à", null=True, blank=True)
    channel = models.CharField("réponse reçue", max_length=5, choices=Channel, blank=True, default="")
    answer = EncryptedTextField("réponse", blank=True, default="")

    objects = HouseQuerySet.as_manager()

    class Meta:
        verbose_name = "enquête d’insertion"
        verbose_name_plural = "enquêtes d’insertion"
        constraints = [
            models.UniqueConstraint(fields=["candidate", "record_code", "wave"], name="certification_asked_once"),
            models.CheckConstraint(
                condition=Q(answered_at=None, channel="") | (Q(answered_at__isnull=False) & ~Q(channel="")),
                name="certification_answer_came_somehow",
            ),
        ]
        indexes = [models.Index(fields=["organisation", "record_code", "year"], name="certification_promotion")]

    def __str__(self) -> str:
        return str(self.pk)

    @property
    def state(self) -> SurveyState:
        """An answer prevails over a refusal, a refusal over the fate of the link."""
        if self.answered_at is not None:
            return SurveyState.ANSWERED
        if self.declined_at is not None:
            return SurveyState.DECLINED
        if self.revoked_at is not None:
            return SurveyState.CLOSED
        return SurveyState.WAITING if self.expires_at > now() else SurveyState.EXPIRED


class PromotionFigures(UUIDModel):
    """One wave of one promotion, in people, as the certifier published it. It outlives the answers it counts."""

    organisation = organisation_key(db_index=False)
    record_code = models.CharField("certification", max_length=20)
    year = models.PositiveSmallIntegerField("année d’obtention")
    wave = models.CharField("vague", max_length=3, choices=Wave)
    surveyed = models.PositiveIntegerField("titulaires interrogés")
    respondents = models.PositiveIntegerField("répondants")
    neutralised = models.PositiveIntegerField("neutralisés")
    employed = models.PositiveIntegerField("en emploi")
    in_target_job = models.PositiveIntegerField("dans un métier visé")
    published_at = models.DateTimeField("publié à", default=now)

    objects = HouseQuerySet.as_manager()

    class Meta:
        verbose_name = "chiffres d’une promotion"
        verbose_name_plural = "chiffres des promotions"
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "record_code", "year", "wave"], name="certification_published_once"
            ),
            models.CheckConstraint(
                condition=Q(respondents__lte=F("surveyed"))
                & Q(employed__lte=F("respondents") - F("neutralised"))
                & Q(in_target_job__lte=F("employed")),
                name="certification_figures_hold",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.year} {self.wave}"
