"""What the rows of this module share."""

from typing import Any

from django.db import models

from entremise.accounts.enums import Role
from entremise.core.actor import Actor
from entremise.core.crypto import Scope
from entremise.keys.services import case_scope, organisation_scope


def member_key(name: str, **options: Any) -> models.ForeignKey[Any]:
    """A membership that outlives its account."""
    return models.ForeignKey(
        "accounts.Member", verbose_name=name, on_delete=models.PROTECT, related_name="+", db_index=False, **options
    )


def of_the_house(queryset: Any, actor: Actor) -> Any:
    """The rows of the certifier's own staff; none for anybody else."""
    if actor.member_id is None or not actor.has_role(Role.CERTIFICATEUR):
        return queryset.none()
    return queryset.filter(organisation_id=actor.organisation_id)


class HouseQuerySet(models.QuerySet):
    """What only the certifier's own staff reads."""

    def visible_to(self, actor: Actor) -> Any:
        """The rows of the certifier the actor works for."""
        return of_the_house(self, actor)


class OfCandidate(models.Model):
    """A row about a candidate: its words are sealed under the candidate's own key."""

    class Meta:
        abstract = True

    def encryption_scope(self) -> Scope:
        """The candidate's key, destroyed with their file."""
        return case_scope(self.candidate_id)  # type: ignore[attr-defined]


class OfHouse(models.Model):
    """A row whose words are sealed under the certifier's key."""

    class Meta:
        abstract = True

    def encryption_scope(self) -> Scope:
        """The certifier's key."""
        return organisation_scope(self.organisation_id)  # type: ignore[attr-defined]
