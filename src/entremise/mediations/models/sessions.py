"""Sessions, and the vault: private notes and preparation."""

from django.db import models
from django.db.models import Q

from entremise.core.db import EncryptedTextField
from entremise.core.time import now
from entremise.mediations.enums import NoteKind, SessionKind, SheetKind
from entremise.mediations.models.base import CaseRow, member_key, party_key


class Session(CaseRow):
    """A meeting with one party or with all: when, where, who came, and whether the frame was explained."""

    kind = models.CharField("nature", max_length=20, choices=SessionKind)
    happened_at = models.DateTimeField("début", default=now)
    minutes = models.PositiveSmallIntegerField("durée en minutes", default=60)
    place = EncryptedTextField("lieu", blank=True, default="")
    present = models.JSONField("parties présentes", default=list)
    frame_explained = models.BooleanField("cadre expliqué", default=False)
    interpreter = models.BooleanField("avec interprète", default=False)
    recorded_by = member_key("notée par")
    version = models.PositiveIntegerField("version", default=1)

    class Meta:
        verbose_name = "séance"
        verbose_name_plural = "séances"
        ordering = ("happened_at", "pk")

    def __str__(self) -> str:
        return f"{self.kind} {self.happened_at:%Y-%m-%d}"


class VaultNote(CaseRow):
    """A private note of the mediators, about a session, about one party, or about the whole."""

    session = models.ForeignKey(
        Session,
        verbose_name="séance",
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="notes",
        db_index=True,
    )
    party = party_key(null=True, blank=True)
    kind = models.CharField("sorte de note", max_length=20, choices=NoteKind, default=NoteKind.FAIT)
    text = EncryptedTextField("note")
    author = member_key("auteur")
    written_at = models.DateTimeField("écrite à", default=now)
    version = models.PositiveIntegerField("version", default=1)

    class Meta:
        verbose_name = "note du coffre"
        verbose_name_plural = "notes du coffre"
        ordering = ("written_at", "pk")

    def __str__(self) -> str:
        return f"Note {self.pk}"


class NoteVersion(CaseRow):
    """What a note said before it was corrected: two mediators at work lose nothing of each other."""

    note = models.ForeignKey(
        VaultNote, verbose_name="note", on_delete=models.CASCADE, related_name="former", db_index=True
    )
    version = models.PositiveIntegerField("version")
    text = EncryptedTextField("note d’avant")
    author = member_key("auteur")
    at = models.DateTimeField("moment", default=now)

    class Meta:
        verbose_name = "version d’une note du coffre"
        verbose_name_plural = "versions des notes du coffre"
        ordering = ("version",)

    def __str__(self) -> str:
        return f"{self.note_id} v{self.version}"


class PreparationSheet(CaseRow):
    """What the mediators prepare, for one party or for the round table. Its layout is data (``presets``)."""

    kind = models.CharField("sorte de fiche", max_length=20, choices=SheetKind)
    party = party_key(null=True, blank=True)
    content = EncryptedTextField("contenu", blank=True, default="")
    updated_by = member_key("écrite par")
    updated_at = models.DateTimeField("écrite à", default=now)
    version = models.PositiveIntegerField("version", default=1)

    class Meta:
        verbose_name = "fiche de préparation"
        verbose_name_plural = "fiches de préparation"
        constraints = [
            models.UniqueConstraint(
                fields=["case", "party"], condition=Q(party__isnull=False), name="mediations_sheet_of_party"
            ),
            models.UniqueConstraint(fields=["case"], condition=Q(party=None), name="mediations_one_round_table_sheet"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.case_id}"
