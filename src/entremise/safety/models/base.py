"""What the tables of the team's safety share."""

from typing import Any

from django.db import models

from entremise.core.crypto import Scope
from entremise.core.db import UUIDModel, organisation_key
from entremise.keys.services import organisation_scope


class OwnedModel(UUIDModel):
    """A row of an organisation, whose words are sealed under the organisation's key."""

    organisation = organisation_key(db_index=False)

    class Meta:
        abstract = True

    def encryption_scope(self) -> Scope:
        """The organisation's key: these words are about its staff, not about a followed person."""
        return organisation_scope(self.organisation_id)


def team_key() -> models.ForeignKey:
    """The team a row belongs to."""
    return models.ForeignKey(
        "accounts.Team", verbose_name="équipe", on_delete=models.PROTECT, related_name="+", db_index=False
    )


def member_key(verbose_name: str, **options: Any) -> models.ForeignKey:
    """A member, who stays as the author after leaving."""
    return models.ForeignKey(
        "accounts.Member",
        verbose_name=verbose_name,
        on_delete=models.PROTECT,
        related_name="+",
        db_index=False,
        **options,
    )


def site_key() -> models.ForeignKey:
    """A place, where it is known."""
    return models.ForeignKey(
        "places.Site",
        verbose_name="lieu",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        db_index=False,
    )
