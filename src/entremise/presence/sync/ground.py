"""What every gesture of the field stands on: its team, its place, its round and its passage."""

import uuid
from collections.abc import Iterator
from contextlib import contextmanager

from entremise.core.actor import Actor
from entremise.core.errors import InvalidInput, NotAllowed, NotFound
from entremise.places.queries import get_sector, get_site
from entremise.presence.models import Round, Stop
from entremise.presence.queries.rounds import standing_round
from entremise.sync.payload import Reader
from entremise.sync.registry import Missing, Operation, Outcome

UNKNOWN_SITE = "Ce lieu n’est pas dans la liste de votre organisation. Choisissez-en un autre."


def team_of(actor: Actor, reader: Reader) -> uuid.UUID:
    """The team the phone names, which must be one of the member's: `NotAllowed` otherwise."""
    team_id = reader.team(actor)
    if team_id is None:
        reader.done()
    elif team_id not in actor.team_ids:
        raise NotAllowed("presence.work")
    assert team_id is not None
    return team_id


def site_of(actor: Actor, reader: Reader, *, required: bool = True) -> uuid.UUID | None:
    """The place the phone names; one of another organisation is unknown, with words to choose again."""
    site_id = reader.identifier("site_id")
    if site_id is None:
        if required:
            reader.wrong("site_id")
        return None
    try:
        return get_site(actor, site_id).pk
    except NotFound:
        raise InvalidInput({"site_id": [UNKNOWN_SITE]})


def known_sector(actor: Actor, sector_id: uuid.UUID | None) -> uuid.UUID | None:
    """The sector if it still stands: a round is never refused for a sector that was closed since."""
    try:
        return get_sector(actor, sector_id).pk if sector_id else None
    except NotFound:
        return None


def round_of(actor: Actor, round_id: uuid.UUID) -> Round:
    """The round as it stands; one of a team the member has left is a lost right, not a missing record."""
    try:
        return standing_round(actor, round_id)
    except NotFound:
        if Round.objects.filter(pk=round_id, organisation_id=actor.organisation_id).exists():
            raise NotAllowed("presence.work")
        raise Missing(round_id)


def perhaps_round(actor: Actor, reader: Reader) -> uuid.UUID | None:
    """The round a note belongs to, when it belongs to one."""
    round_id = reader.identifier("round_id")
    return round_of(actor, round_id).pk if round_id else None


@contextmanager
def passage(actor: Actor, operation: Operation) -> Iterator[uuid.UUID]:
    """The passage the phone means: its own, or the one the server kept instead. Inside, one that the service does not
    find has not come yet, or belongs to a team that the member has left.
    """
    try:
        yield operation.target
    except NotFound:
        if Stop.objects.filter(pk=operation.target, organisation_id=actor.organisation_id).exists():
            raise NotAllowed("presence.work")
        raise Missing(operation.entity_id)


def kept(outcome_id: uuid.UUID, team_id: uuid.UUID | None = None, *, already: bool = False) -> Outcome:
    """What is answered of a gesture that now stands on the server, or stood `already`."""
    return Outcome(entity_id=outcome_id, team_id=team_id, already=already)
