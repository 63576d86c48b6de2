"""What the models of accountability share."""

from typing import Any

from django.db import models

from entremise.core.actor import Actor
from entremise.core.crypto import Scope
from entremise.core.db import UUIDModel, organisation_key
from entremise.keys.services import organisation_scope


class OrganisationQuerySet(models.QuerySet):
    """Rows of an organisation; every list starts from ``visible_to``."""

    def visible_to(self, actor: Actor) -> Any:
        """The rows of the actor's organisation, none when there is no organisation."""
        return self.filter(organisation_id=actor.organisation_id) if actor.organisation_id else self.none()


class OrganisationModel(UUIDModel):
    """A row of an organisation, sealed under its key."""

    organisation = organisation_key(db_index=False)

    objects = OrganisationQuerySet.as_manager()

    class Meta:
        abstract = True

    def encryption_scope(self) -> Scope:
        """The organisation's key."""
        return organisation_scope(self.organisation_id)


class AppendOnlyModel(models.Model):
    """Written once: a correction is a new row. Retention alone removes rows, by query."""

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Refuses to write the row a second time."""
        if not self._state.adding:
            raise RuntimeError(f"{self._meta.label} is written once")
        super().save(*args, **kwargs)


def member_key(label: str, **options: Any) -> models.ForeignKey:
    """Who did it: the membership, which outlives the account."""
    return models.ForeignKey(
        "accounts.Member", verbose_name=label, on_delete=models.PROTECT, related_name="+", db_index=False, **options
    )
