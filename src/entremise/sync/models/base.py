"""What the tables of the protocol share."""

from typing import Any

from django.db import models

from entremise.core.actor import Actor
from entremise.core.crypto import Scope
from entremise.core.db import UUIDModel, organisation_key
from entremise.keys.services import organisation_scope


class OrganisationQuerySet(models.QuerySet):
    """Rows of one organisation."""

    def visible_to(self, actor: Actor) -> Any:
        """The rows of the actor's organisation; each list narrows them to what its page is for."""
        return self.filter(organisation_id=actor.organisation_id) if actor.organisation_id else self.none()


class OwnedModel(UUIDModel):
    """A row of an organisation, whose words are sealed under the organisation's key."""

    organisation = organisation_key(db_index=False)

    objects = OrganisationQuerySet.as_manager()

    class Meta:
        abstract = True

    def encryption_scope(self) -> Scope:
        """The organisation's key."""
        return organisation_scope(self.organisation_id)


def member_key(verbose_name: str, **options: Any) -> models.ForeignKey:
    """A member, who stays as the author after leaving."""
    return models.ForeignKey(
        "accounts.Member", verbose_name=verbose_name, on_delete=models.PROTECT, related_name="+", **options
    )
