"""What an organisation changed in the closed lists."""

from django.db import models

from entremise.accounts.models.base import TenantQuerySet
from entremise.accounts.models.organisations import Member
from entremise.core.db import UUIDModel, organisation_key
from entremise.core.time import now


class ListItem(UUIDModel):
    """What an organisation changed in a closed list: a new label, a hidden item, a completed one."""

    organisation = organisation_key()
    list_reference = models.CharField("liste", max_length=20)
    code = models.CharField("code", max_length=60)
    label = models.CharField("libellé", max_length=120, blank=True)
    is_hidden = models.BooleanField("masqué", default=False)

    objects = TenantQuerySet.as_manager()

    class Meta:
        verbose_name = "élément de liste"
        verbose_name_plural = "éléments de liste"
        constraints = [
            models.UniqueConstraint(fields=["organisation", "list_reference", "code"], name="accounts_list_item_once")
        ]

    def __str__(self) -> str:
        return f"{self.list_reference}.{self.code}"


class SensitiveOption(UUIDModel):
    """A sensitive value that the data protection officer allowed, with the reason, until withdrawn."""

    organisation = organisation_key()
    list_reference = models.CharField("liste", max_length=20)
    code = models.CharField("code", max_length=60)
    reason = models.TextField("motif")
    decided_by = models.ForeignKey(Member, verbose_name="décidé par", on_delete=models.PROTECT, related_name="+")
    decided_at = models.DateTimeField("décidé à", default=now)
    withdrawn_at = models.DateTimeField("retiré à", null=True, blank=True)

    objects = TenantQuerySet.as_manager()

    class Meta:
        verbose_name = "valeur sensible autorisée"
        verbose_name_plural = "valeurs sensibles autorisées"
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "list_reference", "code"],
                condition=models.Q(withdrawn_at=None),
                name="accounts_sensitive_once",
            )
        ]

    def __str__(self) -> str:
        return f"{self.list_reference}.{self.code}"
