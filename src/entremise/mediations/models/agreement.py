"""The agreement, its undertakings and signatures, and what becomes of it."""

from django.db import models
from django.db.models import Q

from entremise.core.db import EncryptedTextField
from entremise.core.time import now
from entremise.mediations import enums
from entremise.mediations.models.base import CaseRow, member_key, party_key


class MediationAgreement(CaseRow):
    """What the parties agree on, in words both accept. Changing it after a signature voids the signatures."""

    kind = models.CharField(
        "forme de l’accord", max_length=20, choices=enums.AgreementKind, default=enums.AgreementKind.ECRIT
    )
    context = EncryptedTextField("contexte accepté par les parties", blank=True, default="")
    difficulty = EncryptedTextField("en cas de difficulté", blank=True, default="")
    drafted_at = models.DateTimeField("rédigé à", default=now)
    drafted_by = member_key("rédigé par")
    read_aloud = models.BooleanField("lu à voix haute", default=False)
    concluded_at = models.DateTimeField("conclu à", null=True, blank=True)
    version = models.PositiveIntegerField("version", default=1)

    class Meta:
        verbose_name = "accord de médiation"
        verbose_name_plural = "accords de médiation"
        ordering = ("drafted_at", "pk")
        constraints = [
            models.UniqueConstraint(
                fields=["case"], condition=Q(concluded_at=None), name="mediations_one_draft_a_case"
            ),
        ]

    def __str__(self) -> str:
        return f"Accord {self.case_id}"


class Undertaking(CaseRow):
    """Who does what, when, and how it is checked."""

    agreement = models.ForeignKey(
        MediationAgreement,
        verbose_name="accord de médiation",
        on_delete=models.CASCADE,
        related_name="undertakings",
        db_index=True,
    )
    rank = models.PositiveSmallIntegerField("rang")
    party = party_key("qui s’engage", null=True, blank=True)  # nobody in particular: every party
    what = EncryptedTextField("ce qui est fait")
    due_on = models.DateField("à partir du")
    checked_how = EncryptedTextField("comment on le vérifie")

    class Meta:
        verbose_name = "engagement"
        verbose_name_plural = "engagements"
        ordering = ("rank",)
        constraints = [models.UniqueConstraint(fields=["agreement", "rank"], name="mediations_undertaking_rank")]

    def __str__(self) -> str:
        return f"Engagement {self.rank}"


class Signature(CaseRow):
    """A party's word on an agreement."""

    agreement = models.ForeignKey(
        MediationAgreement,
        verbose_name="accord de médiation",
        on_delete=models.CASCADE,
        related_name="signatures",
        db_index=True,
    )
    party = party_key()
    manner = models.CharField("manière", max_length=10, choices=enums.SignatureManner)
    drawing = EncryptedTextField("signature tracée", blank=True, default="")
    signed_at = models.DateTimeField("signé à", default=now)
    attested_by = member_key("attesté par")

    class Meta:
        verbose_name = "signature"
        verbose_name_plural = "signatures"
        constraints = [models.UniqueConstraint(fields=["agreement", "party"], name="mediations_signed_once")]

    def __str__(self) -> str:
        return f"{self.manner} {self.signed_at:%Y-%m-%d}"


class FollowUp(CaseRow):
    """A day when an agreement is looked at again, and what was found."""

    agreement = models.ForeignKey(
        MediationAgreement,
        verbose_name="accord de médiation",
        on_delete=models.CASCADE,
        related_name="follow_ups",
        db_index=True,
    )
    step = models.CharField("échéance", max_length=20, choices=enums.FollowUpStep)
    due_on = models.DateField("prévu le")
    done_on = models.DateField("fait le", null=True, blank=True)
    kept = models.CharField("tenue de l’accord", max_length=20, choices=enums.Kept, blank=True, default="")

    class Meta:
        verbose_name = "suivi d’un accord"
        verbose_name_plural = "suivis d’un accord"
        ordering = ("due_on",)
        constraints = [
            models.UniqueConstraint(fields=["agreement", "step"], name="mediations_follow_up_once"),
            models.CheckConstraint(
                condition=Q(done_on=None, kept="") | Q(done_on__isnull=False) & ~Q(kept=""),
                name="mediations_follow_up_says_what",
            ),
        ]
        indexes = [
            models.Index(
                fields=["organisation", "due_on"],
                name="mediations_follow_up_due",
                condition=Q(done_on=None),
            )
        ]

    def __str__(self) -> str:
        return f"{self.step} {self.due_on}"


class FollowUpAnswer(CaseRow):
    """What one party says at a follow-up, in three taps and a sentence if it wishes."""

    personal = ("link", "misunderstanding", "face", "heard")

    follow_up = models.ForeignKey(
        FollowUp, verbose_name="suivi", on_delete=models.CASCADE, related_name="answers", db_index=True
    )
    party = party_key()
    link = models.CharField("lien", max_length=20, choices=enums.LinkAfter)
    misunderstanding = models.CharField("malentendu", max_length=20, choices=enums.Misunderstanding)
    face = models.PositiveSmallIntegerField("satisfaction", choices=enums.Face, null=True, blank=True)
    heard = models.CharField("s’est sentie écoutée", max_length=20, choices=enums.Heard, blank=True, default="")
    sentence = EncryptedTextField("ses mots", blank=True, default="")

    class Meta:
        verbose_name = "réponse d’une partie"
        verbose_name_plural = "réponses des parties"
        constraints = [models.UniqueConstraint(fields=["follow_up", "party"], name="mediations_answered_once")]

    def __str__(self) -> str:
        return f"{self.follow_up_id} {self.party_id}"
