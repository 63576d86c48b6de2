"""What an organisation adds: who reviewed a text, the voices it recorded, the interpreters it called."""

from typing import Any

from django.db import models

from entremise.core.actor import Actor
from entremise.core.crypto import Scope
from entremise.core.db import UUIDModel, organisation_key
from entremise.core.time import now
from entremise.intercultural.enums import InterpreterKind, MediatorForm, Modality, Need, Understanding


class TenantQuerySet(models.QuerySet):
    """Rows of an organisation; every list starts from ``visible_to``."""

    def visible_to(self, actor: Actor) -> Any:
        """The rows of the actor's current organisation, none when there is no organisation."""
        return self.filter(organisation_id=actor.organisation_id) if actor.organisation_id else self.none()


class CardReview(UUIDModel):
    """Someone who knows the language read a text of a card, and kept or corrected it.

    It holds for one wording alone: ``fingerprint`` is that of the text and of its French when they were read.
    """

    organisation = organisation_key()
    language = models.CharField("langue", max_length=10)
    key = models.CharField("texte", max_length=40)
    fingerprint = models.CharField("empreinte du texte relu", max_length=16)
    feminine = models.CharField("texte corrigé, au féminin", max_length=300, blank=True, default="")
    masculine = models.CharField("texte corrigé, au masculin", max_length=300, blank=True, default="")
    reviewer_name = models.CharField("relu par", max_length=80)
    reviewed_on = models.DateField("relu le")
    by = models.ForeignKey(
        "accounts.Member", verbose_name="noté par", null=True, on_delete=models.SET_NULL, related_name="+"
    )
    created_at = models.DateTimeField("noté à", default=now)

    personal = ("reviewer_name",)
    objects = TenantQuerySet.as_manager()

    class Meta:
        verbose_name = "relecture d’un texte de carte"
        verbose_name_plural = "relectures des textes des cartes"
        constraints = [
            models.UniqueConstraint(fields=["organisation", "language", "key"], name="intercultural_review_once"),
        ]

    def __str__(self) -> str:
        return f"{self.language} {self.key}"


class CardVoice(UUIDModel):
    """A human voice that reads one card, sealed in a file. ``speaker_name`` agreed that it be heard."""

    organisation = organisation_key()
    language = models.CharField("langue", max_length=10)
    card = models.CharField("carte", max_length=20)
    form = models.CharField("au nom de", max_length=1, choices=MediatorForm)
    speaker_name = models.CharField("qui parle", max_length=80)
    file_name = models.CharField("fichier", max_length=60)
    media_type = models.CharField("type du fichier", max_length=20)
    size = models.PositiveIntegerField("taille en octets")
    by = models.ForeignKey(
        "accounts.Member", verbose_name="ajoutée par", null=True, on_delete=models.SET_NULL, related_name="+"
    )
    created_at = models.DateTimeField("ajoutée à", default=now)

    personal = ("speaker_name", "file_name")  # the voice itself lies in that file
    objects = TenantQuerySet.as_manager()

    class Meta:
        verbose_name = "voix d’une carte"
        verbose_name_plural = "voix des cartes"
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "language", "card", "form"], name="intercultural_voice_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.language} {self.card}"

    def encryption_scope(self) -> Scope:
        """The organisation's own key."""
        return Scope("organisation", self.organisation_id)

    @property
    def associated(self) -> str:
        """What the sealed file is bound to: it cannot be moved under another record."""
        return f"intercultural.cardvoice:{self.pk}"


class InterpreterUseQuerySet(models.QuerySet):
    """Seen by the teams whose need it was."""

    def visible_to(self, actor: Actor) -> Any:
        """The needs of the actor's own teams."""
        if not actor.organisation_id:
            return self.none()
        return self.filter(organisation_id=actor.organisation_id, team_id__in=actor.team_ids)

    def counted_by(self, actor: Actor) -> Any:
        """Every need of the organisation, for totals alone."""
        return self.filter(organisation_id=actor.organisation_id) if actor.organisation_id else self.none()


class InterpreterUse(UUIDModel):
    """A need of interpreting, met or not: which language, who interpreted, how long, at what cost, with what result.

    No place and no person: a rare language beside a place would name someone. ``act_id`` names the act it served,
    which only those who may read that act can open.
    """

    organisation = organisation_key()
    team = models.ForeignKey("accounts.Team", verbose_name="équipe", on_delete=models.PROTECT, related_name="+")
    author = models.ForeignKey("accounts.Member", verbose_name="auteur", on_delete=models.PROTECT, related_name="+")
    used_on = models.DateField("jour")
    language = models.CharField("langue", max_length=5)
    kind = models.CharField("interprète", max_length=20, choices=InterpreterKind)
    modality = models.CharField("comment", max_length=20, choices=Modality, blank=True, default="")
    service = models.CharField("service d’interprétariat", max_length=120, blank=True, default="")
    minutes = models.PositiveSmallIntegerField("durée en minutes", null=True, blank=True)
    cost = models.DecimalField("coût en euros", max_digits=8, decimal_places=2, null=True, blank=True)
    understanding = models.CharField("résultat", max_length=20, choices=Understanding)
    child_translated = models.BooleanField("un enfant a traduit", default=False)
    need = models.CharField("besoin", max_length=20, choices=Need)
    act_id = models.UUIDField("intervention", null=True, blank=True)
    created_at = models.DateTimeField("noté à", default=now)

    personal = ("act_id", "service")
    objects = InterpreterUseQuerySet.as_manager()

    class Meta:
        verbose_name = "besoin d’interprète"
        verbose_name_plural = "besoins d’interprète"
        indexes = [
            models.Index(fields=["organisation", "team", "-used_on", "-id"], name="intercultural_use_list_idx"),
            models.Index(fields=["organisation", "used_on"], name="intercultural_use_count_idx"),
            models.Index(fields=["act_id"], name="intercultural_use_act_idx", condition=models.Q(act_id__isnull=False)),
        ]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(need=Need.SANS_REPONSE)
                | (models.Q(child_translated=False) & ~models.Q(kind=InterpreterKind.AUCUN)),
                name="intercultural_use_child_is_unmet",
            ),
        ]

    def __str__(self) -> str:
        return str(self.pk)
