"""What every table of presence shares: an owner, a team, lists that start from the actor."""

from typing import Any

from django.db import models

from entremise.core.actor import Actor
from entremise.core.crypto import Scope
from entremise.core.db import UUIDModel, organisation_key
from entremise.keys.services import organisation_scope


class TeamQuerySet(models.QuerySet):
    """Rows of the actor's own teams."""

    def visible_to(self, actor: Actor) -> Any:
        """The rows of the actor's teams in the current organisation."""
        if actor.organisation_id is None or not actor.team_ids:
            return self.none()
        teams = list(actor.team_ids)
        owned = self.filter(organisation_id=actor.organisation_id)
        return owned.filter(team_id=teams[0]) if len(teams) == 1 else owned.filter(team_id__in=teams)


class OrganisationQuerySet(models.QuerySet):
    """Rows that every team of the organisation shares."""

    def visible_to(self, actor: Actor) -> Any:
        """The rows of the actor's current organisation."""
        return self.filter(organisation_id=actor.organisation_id) if actor.organisation_id else self.none()


class OwnedModel(UUIDModel):
    """A row of an organisation, whose free text is sealed under the organisation's key."""

    organisation = organisation_key()

    class Meta:
        abstract = True

    def encryption_scope(self) -> Scope:
        """The organisation's key."""
        return organisation_scope(self.organisation_id)


def team_key(**options: Any) -> models.ForeignKey:
    """The team a row belongs to."""
    return models.ForeignKey(
        "accounts.Team", verbose_name="équipe", on_delete=models.PROTECT, related_name="+", db_index=False, **options
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


def site_key(**options: Any) -> models.ForeignKey:
    """A place."""
    options.setdefault("db_index", False)
    return models.ForeignKey("places.Site", verbose_name="lieu", on_delete=models.PROTECT, related_name="+", **options)
