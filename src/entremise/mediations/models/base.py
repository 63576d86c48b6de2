"""What the rows of a case share: their owner, and the key that seals what was confided."""

from typing import Any

from django.db import models

from entremise.core.actor import Actor
from entremise.core.crypto import Scope
from entremise.core.db import UUIDModel, organisation_key
from entremise.keys.services import case_scope


class CaseRowQuerySet(models.QuerySet):
    """Rows of the vault: of the cases whose mediator the actor is, and of no other."""

    def visible_to(self, actor: Actor) -> Any:
        """What was confided to the actor."""
        return self.filter(
            organisation_id=actor.organisation_id,
            case__mediators__member_id=actor.member_id,
            case__mediators__entered_at__isnull=False,
            case__mediators__left_at=None,
        )


class CaseRow(UUIDModel):
    """A row of a case, sealed under the case's own key: destroying that key erases every word of it."""

    organisation = organisation_key(db_index=False)
    case = models.ForeignKey(
        "mediations.Case",
        verbose_name="médiation",
        on_delete=models.CASCADE,
        related_name="%(class)s_rows",
        db_index=True,
    )

    objects = CaseRowQuerySet.as_manager()

    class Meta:
        abstract = True

    def encryption_scope(self) -> Scope:
        """The case's key."""
        return case_scope(self.case_id)


def member_key(label: str, **options: Any) -> models.ForeignKey:
    """Who did it: the membership, which outlives the account."""
    return models.ForeignKey(
        "accounts.Member", verbose_name=label, on_delete=models.PROTECT, related_name="+", db_index=False, **options
    )


def party_key(label: str = "partie", **options: Any) -> models.ForeignKey:
    """The party concerned."""
    return models.ForeignKey(
        "mediations.Party", verbose_name=label, on_delete=models.CASCADE, related_name="+", db_index=False, **options
    )
