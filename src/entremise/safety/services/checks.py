"""What every write of this module checks before it saves."""

import uuid

from entremise.accounts.queries import list_teams
from entremise.core.actor import Actor
from entremise.core.errors import InvalidInput, NotAllowed, NotFound
from entremise.core.permissions import require
from entremise.places.queries import get_site

Errors = dict[str, list[str]]


def refuse(errors: Errors) -> None:
    """Raise InvalidInput when something was found."""
    if errors:
        raise InvalidInput(errors)


def member_of(actor: Actor) -> uuid.UUID:
    """The membership a row keeps; the system has none."""
    if actor.member_id is None:
        raise NotAllowed("safety.alert")
    return actor.member_id


def own_team(actor: Actor, team_id: uuid.UUID | None) -> uuid.UUID:
    """That team of the actor's, or their first one: someone in danger is not asked which. NotFound for others."""
    require(actor, "safety.alert")
    teams = list(list_teams(actor, own_only=True).values_list("pk", flat=True))
    if not teams or (team_id is not None and team_id not in teams):
        raise NotFound("team")
    return team_id or teams[0]


def own_site(actor: Actor, site_id: uuid.UUID | None) -> uuid.UUID | None:
    """A place of the organisation, or none; NotFound for others."""
    return get_site(actor, site_id).pk if site_id else None
