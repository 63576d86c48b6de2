"""The official deposit of certifications: each file sent, and what became of each passage in it."""

from django.db import models

from entremise.certification.enums import UNDONE, DepositAction, DepositState
from entremise.certification.models.base import HouseQuerySet, OfCandidate, member_key
from entremise.certification.models.certificates import Certificate
from entremise.core.db import EncryptedTextField, UUIDModel, organisation_key
from entremise.core.time import now


class Deposit(UUIDModel):
    """A file made for the Caisse des Dépôts. The file itself is never kept: it is made again, and its digest compared.

    Its identifier is that of the flux; ``stamped_at`` its time stamp, so that the same passages give the same bytes.
    """

    organisation = organisation_key(db_index=False)
    profile = models.CharField("version du format", max_length=10)
    client = models.CharField("identifiant client", max_length=8)
    certifier = models.CharField("identifiant du certificateur", max_length=8)
    contract = models.CharField("identifiant du contrat", max_length=20)
    stamped_at = models.DateTimeField("horodatage", default=now)
    action = models.CharField("demande", max_length=12, choices=DepositAction, default=DepositAction.CREATION)
    digest = models.CharField("empreinte du fichier", max_length=64)
    made_by = member_key("préparé par")
    replaced_at = models.DateTimeField("remplacé à", null=True, blank=True)
    reported_at = models.DateTimeField("compte rendu lu à", null=True, blank=True)

    objects = HouseQuerySet.as_manager()

    class Meta:
        verbose_name = "dépôt officiel"
        verbose_name_plural = "dépôts officiels"
        indexes = [models.Index(fields=["organisation", "-stamped_at", "-id"], name="certification_deposit_list")]

    def __str__(self) -> str:
        return str(self.pk)


class DepositLine(OfCandidate, UUIDModel):
    """One certification in one file: sent, accepted or rejected with its reason. The rows are the ledger."""

    deposit = models.ForeignKey(Deposit, verbose_name="dépôt", on_delete=models.PROTECT, related_name="lines")
    certificate = models.ForeignKey(
        Certificate, verbose_name="certificat", on_delete=models.PROTECT, related_name="deposit_lines"
    )
    candidate = models.ForeignKey(
        "certification.Candidate", verbose_name="titulaire", on_delete=models.PROTECT, related_name="+", db_index=False
    )
    action = models.CharField("demande", max_length=12, choices=DepositAction, default=DepositAction.CREATION)
    rank = models.PositiveIntegerField("rang dans le fichier")
    state = models.CharField("suite", max_length=10, choices=DepositState, default=DepositState.SENT)
    message = EncryptedTextField("motif du rejet", blank=True, default="")

    class Meta:
        verbose_name = "passage déposé"
        verbose_name_plural = "passages déposés"
        ordering = ["rank"]
        constraints = [
            models.UniqueConstraint(fields=["deposit", "certificate"], name="certification_deposited_once_a_file"),
            # Accepted passages are never sent again, nor one that still waits for its report; each may be taken back.
            models.UniqueConstraint(
                fields=["certificate", "action"],
                condition=~models.Q(state__in=UNDONE),
                name="certification_no_second_deposit",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.deposit_id} {self.rank}"
