"""What was received: one receipt an operation, what is kept aside, what is to be compared."""

from django.db import models
from django.db.models import Q

from entremise.core.db import EncryptedTextField
from entremise.core.time import now
from entremise.sync.enums import Clock, ConflictState, OperationStatus, ParkReason
from entremise.sync.models.base import OwnedModel, member_key
from entremise.sync.models.devices import Device

_OPEN = (OperationStatus.REFUSEE, OperationStatus.CONFLIT, OperationStatus.EN_ATTENTE, OperationStatus.MISE_DE_COTE)


class Receipt(OwnedModel):
    """An operation, received once and for all. Its words are only in the sealed envelope and the sealed answer.

    ``waits_operation`` and ``waits_entity`` say what a held operation waits for; ``applied_to`` the record that the
    server chose instead of the one the phone made (two phones at one place).
    """

    personal = ("envelope",)

    operation_id = models.UUIDField("opération", unique=True)
    device = models.ForeignKey(
        Device, verbose_name="appareil", on_delete=models.PROTECT, related_name="receipts", db_index=False
    )
    member = member_key("auteur", db_index=False)
    seq = models.PositiveBigIntegerField("numéro")
    schema = models.CharField("sorte et version", max_length=60, blank=True, default="")
    tried_with = models.CharField("version du serveur", max_length=20, blank=True, default="")
    entity_type = models.CharField("type de fiche", max_length=40, blank=True, default="")
    entity_id = models.UUIDField("fiche")
    applied_to = models.UUIDField("fiche du serveur", null=True, blank=True)
    sha256 = models.CharField("empreinte", max_length=64)
    status = models.CharField("état", max_length=10, choices=OperationStatus, default=OperationStatus.RECU)
    reason = models.CharField("raison", max_length=20, choices=ParkReason, blank=True, default="")
    clock = models.CharField("heure", max_length=10, choices=Clock, blank=True, default="")
    captured_at = models.DateTimeField("saisie à", null=True, blank=True)
    received_at = models.DateTimeField("reçue à", default=now)
    settled_at = models.DateTimeField("réglée à", null=True, blank=True)
    replaces = models.UUIDField("opération remplacée", null=True, blank=True)
    replaced_by = models.UUIDField("remplacée par", null=True, blank=True)
    waits_operation = models.UUIDField("attend l’opération", null=True, blank=True)
    waits_entity = models.UUIDField("attend la fiche", null=True, blank=True)
    news_since = models.DateTimeField("nouvelle à dire depuis", null=True, blank=True)
    taken_by = member_key("décidée par", null=True, blank=True, db_index=False)
    answer = EncryptedTextField("réponse", blank=True, default="")
    envelope = models.TextField("enveloppe scellée", blank=True, default="")

    class Meta:
        verbose_name = "opération reçue"
        verbose_name_plural = "opérations reçues"
        constraints = [models.UniqueConstraint(fields=["device", "seq"], name="sync_receipt_seq")]
        indexes = [
            models.Index(fields=["entity_id"], name="sync_receipt_entity"),
            models.Index(
                fields=["organisation", "status", "received_at"],
                name="sync_receipt_open",
                condition=Q(status__in=[status.value for status in _OPEN], taken_by=None, replaced_by=None),
            ),
            models.Index(fields=["member", "-received_at"], name="sync_receipt_member"),
            models.Index(fields=["organisation", "received_at"], name="sync_receipt_date"),
            models.Index(fields=["device"], name="sync_receipt_news", condition=Q(news_since__isnull=False)),
            models.Index(fields=["replaces"], name="sync_receipt_replaces", condition=Q(replaces__isnull=False)),
            models.Index(
                fields=["waits_operation"], name="sync_receipt_waits_op", condition=Q(waits_operation__isnull=False)
            ),
            models.Index(
                fields=["waits_entity"], name="sync_receipt_waits_entity", condition=Q(waits_entity__isnull=False)
            ),
        ]

    def __str__(self) -> str:
        return str(self.operation_id)


class Stray(OwnedModel):
    """What arrived and can be nobody's receipt: unreadable, badly signed, a number already used. Kept, shown."""

    device = models.ForeignKey(
        Device, verbose_name="appareil", null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    operation_id = models.UUIDField("opération", null=True, blank=True)
    carried_by = member_key("apportée par", db_index=False)
    reason = models.CharField("raison", max_length=20, choices=ParkReason)
    digest = models.CharField("empreinte de ce qui est arrivé", max_length=64)
    received_at = models.DateTimeField("reçue à", default=now)
    taken_by = member_key("décidée par", null=True, blank=True, db_index=False)
    text = EncryptedTextField("ce qui est arrivé")

    class Meta:
        verbose_name = "envoi sans numéro"
        verbose_name_plural = "envois sans numéro"
        constraints = [models.UniqueConstraint(fields=["organisation", "digest"], name="sync_stray_once")]
        indexes = [models.Index(fields=["organisation", "-received_at"], name="sync_stray_org")]

    def __str__(self) -> str:
        return str(self.pk)


class Conflict(OwnedModel):
    """Two versions of some fields of a record, until someone chooses. ``fields`` is sealed JSON:
    ``{field: [before, server, phone]}``.
    """

    receipt = models.OneToOneField(Receipt, verbose_name="opération", on_delete=models.CASCADE, related_name="conflict")
    entity_type = models.CharField("type de fiche", max_length=40)
    entity_id = models.UUIDField("fiche")
    team_id = models.UUIDField("équipe", null=True, blank=True)
    base_version = models.PositiveIntegerField("version lue", null=True, blank=True)
    found_version = models.PositiveIntegerField("version trouvée", null=True, blank=True)
    fields = EncryptedTextField("versions", blank=True, default="")
    state = models.CharField("état", max_length=10, choices=ConflictState, default=ConflictState.OUVERT)
    found_at = models.DateTimeField("constaté à", default=now)
    resolved_at = models.DateTimeField("résolu à", null=True, blank=True)
    resolved_by = member_key("résolu par", null=True, blank=True, db_index=False)
    choices = models.JSONField("choix par champ", default=dict, blank=True)

    class Meta:
        verbose_name = "conflit"
        verbose_name_plural = "conflits"
        indexes = [
            models.Index(fields=["organisation", "state", "-found_at"], name="sync_conflict_org"),
            models.Index(fields=["entity_id"], name="sync_conflict_entity"),
        ]

    def __str__(self) -> str:
        return str(self.pk)
