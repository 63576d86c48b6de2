"""Files that follow an operation: what is expected, what has arrived."""

from django.db import models

from entremise.core.db import EncryptedTextField
from entremise.core.time import now
from entremise.sync.enums import MediaState
from entremise.sync.models.base import OwnedModel, member_key
from entremise.sync.models.operations import Receipt


class Blob(OwnedModel):
    """Sealed bytes named by their digest. ``received`` grows piece by piece; the clear file is never here."""

    sha256 = models.CharField("empreinte des octets scellés", max_length=64)
    size = models.PositiveBigIntegerField("taille")
    received = models.PositiveBigIntegerField("octets reçus", default=0)
    carried_by = member_key("apportés par", db_index=False)
    started_at = models.DateTimeField("commencé à", default=now)
    complete_at = models.DateTimeField("complet à", null=True, blank=True)

    class Meta:
        verbose_name = "octets reçus"
        verbose_name_plural = "octets reçus"
        constraints = [models.UniqueConstraint(fields=["organisation", "sha256"], name="sync_blob_once")]
        indexes = [models.Index(fields=["started_at"], name="sync_blob_started")]

    def __str__(self) -> str:
        return self.sha256


class MediaSlot(OwnedModel):
    """A place that an operation keeps for a file. ``secret`` is the file's own key, sealed here too."""

    receipt = models.ForeignKey(Receipt, verbose_name="opération", on_delete=models.CASCADE, related_name="slots")
    slot = models.CharField("emplacement", max_length=40)
    sha256 = models.CharField("empreinte des octets scellés", max_length=64)
    size = models.PositiveBigIntegerField("taille")
    mime = models.CharField("type", max_length=60)
    secret = EncryptedTextField("clé du fichier", blank=True, default="")
    nonce = models.CharField("vecteur du fichier", max_length=40, blank=True, default="")
    state = models.CharField("état", max_length=10, choices=MediaState, default=MediaState.ATTENDU)
    why = models.CharField("raison du refus", max_length=200, blank=True, default="")
    expected_at = models.DateTimeField("attendu depuis", default=now)

    class Meta:
        verbose_name = "pièce attendue"
        verbose_name_plural = "pièces attendues"
        constraints = [models.UniqueConstraint(fields=["receipt", "slot"], name="sync_slot_once")]
        indexes = [
            models.Index(fields=["organisation", "sha256"], name="sync_slot_digest"),
            models.Index(fields=["organisation", "state", "expected_at"], name="sync_slot_state"),
        ]

    def __str__(self) -> str:
        return f"{self.slot} {self.sha256[:8]}"
