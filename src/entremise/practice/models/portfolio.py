"""A mediator's own portfolio. It belongs to its author, like their sheets (ADR 0010, ADR 0013)."""

from typing import Any

from django.db import models
from django.db.models import Q

from entremise.accounts.queries import confidences_closed_until
from entremise.core.actor import Actor
from entremise.core.crypto import Scope
from entremise.core.db import EncryptedTextField, UUIDModel
from entremise.core.time import now
from entremise.keys.services import author_scope
from entremise.practice.enums import AiUse, AttestationKind, EvidenceKind, LedgerKind


class OwnQuerySet(models.QuerySet):
    """Every read starts from ``visible_to``."""

    def visible_to(self, actor: Actor) -> Any:
        """One's own rows, in whichever organisation one acts; none while confidences are shut."""
        if actor.user_id is None or confidences_closed_until(actor.user_id) is not None:
            return self.none()
        return self.filter(author_id=actor.user_id)


class Own(UUIDModel):
    """A row that has one owner, whose words are sealed under that person's own key."""

    author = models.ForeignKey(
        "accounts.User", verbose_name="auteur", on_delete=models.CASCADE, related_name="+", db_index=True
    )

    objects = OwnQuerySet.as_manager()

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return str(self.pk)

    def encryption_scope(self) -> Scope:
        """The author's own key, that of no organisation."""
        return author_scope(self.author_id)


class Statement(Own):
    """What the author says of their whole portfolio, for the jury."""

    use = models.CharField("usage de l’IA", max_length=10, choices=AiUse)
    words = EncryptedTextField("précisions sur cet usage", blank=True, default="")
    made_at = models.DateTimeField("déclarée à", default=now)

    class Meta:
        verbose_name = "déclaration d’usage de l’IA"
        verbose_name_plural = "déclarations d’usage de l’IA"
        constraints = [models.UniqueConstraint(fields=["author"], name="practice_one_statement")]


class Evidence(Own):
    """Something of one's practice that its author chose to show. ``content`` (JSON) holds all it says and no more.

    The record it came from is named inside, sealed too: nobody learns from a table which act became evidence.
    """

    kind = models.CharField("nature", max_length=10, choices=EvidenceKind)
    content = EncryptedTextField("ce que dit la preuve")
    version = models.PositiveIntegerField("version", default=1)
    kept_at = models.DateTimeField("gardée à", default=now)

    class Meta:
        verbose_name = "preuve"
        verbose_name_plural = "preuves"
        ordering = ["kept_at", "pk"]


class EvidenceFile(Own):
    """The file of an outside document, when its author chose to deposit it. It goes with the evidence."""

    personal = ("media_type",)

    evidence = models.OneToOneField(Evidence, verbose_name="preuve", on_delete=models.CASCADE, related_name="file")
    media_type = models.CharField("type de contenu", max_length=40)
    size = models.PositiveIntegerField("taille en octets")
    digest = models.CharField("empreinte", max_length=64)
    content = EncryptedTextField("contenu")
    added_at = models.DateTimeField("déposé à", default=now)

    class Meta:
        verbose_name = "fichier d’une preuve"
        verbose_name_plural = "fichiers des preuves"


class LedgerLine(Own):
    """An internship with its hours, or a time of experience. ``content`` (JSON): where, with whom, when, how long."""

    kind = models.CharField("nature", max_length=10, choices=LedgerKind)
    content = EncryptedTextField("lieu, dates et personnes")
    kept_at = models.DateTimeField("gardée à", default=now)

    class Meta:
        verbose_name = "ligne de registre"
        verbose_name_plural = "lignes de registre"
        ordering = ["kept_at", "pk"]


class Attestation(Own):
    """What somebody without an account is asked to sign, by a link. Their words are theirs: nobody writes them again.

    ``shown`` is the very text they read, frozen when it was asked; ``subject_digest`` that of the line or evidence
    as it then was, so that a line changed afterwards is no longer attested.
    """

    kind = models.CharField("nature", max_length=10, choices=AttestationKind)
    line = models.ForeignKey(
        LedgerLine, verbose_name="ligne", null=True, blank=True, on_delete=models.CASCADE, related_name="attestations"
    )
    evidence = models.ForeignKey(
        Evidence, verbose_name="preuve", null=True, blank=True, on_delete=models.CASCADE, related_name="attestations"
    )
    token_hash = models.CharField("empreinte du lien", max_length=64, unique=True, editable=False)
    subject_digest = models.CharField("empreinte de ce qui est attesté", max_length=64, blank=True, default="")
    shown = EncryptedTextField("texte lu par le signataire")
    answer = EncryptedTextField("nom, qualité et mots du signataire", blank=True, default="")
    asked_at = models.DateTimeField("demandée à", default=now)
    expires_at = models.DateTimeField("valable jusqu’à")
    revoked_at = models.DateTimeField("retirée à", null=True, blank=True)
    signed_at = models.DateTimeField("signée à", null=True, blank=True)

    class Meta:
        verbose_name = "attestation"
        verbose_name_plural = "attestations"
        ordering = ["asked_at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind=AttestationKind.LINE, line__isnull=False, evidence=None)
                | Q(kind=AttestationKind.EVIDENCE, line=None, evidence__isnull=False)
                | Q(kind=AttestationKind.REUSE, line=None, evidence=None),
                name="practice_attestation_target",
            ),
        ]


class Snapshot(Own):
    """The portfolio as its author froze it: canonical text, fingerprint, date. Never written again."""

    content = EncryptedTextField("portfolio figé")
    digest = models.CharField("empreinte", max_length=64)
    frozen_at = models.DateTimeField("figé à", default=now)

    class Meta:
        verbose_name = "portfolio figé"
        verbose_name_plural = "portfolios figés"
        ordering = ["-frozen_at", "-pk"]
