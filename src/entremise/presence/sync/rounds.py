"""Rounds opened, joined and closed away from the network."""

from entremise.accounts.queries import list_members
from entremise.core.actor import Actor
from entremise.core.permissions import require
from entremise.presence import services
from entremise.presence.enums import RoundKind
from entremise.presence.models import Round
from entremise.presence.sync.ground import kept, known_sector, round_of, team_of
from entremise.sync.payload import Reader
from entremise.sync.registry import Operation, Outcome


def open_round(actor: Actor, operation: Operation) -> Outcome:
    """Open a round at the hour it really began."""
    reader = Reader(operation)
    team_id = team_of(actor, reader)
    kind, sector_id = reader.text("kind") or RoundKind.TOURNEE, reader.identifier("sector_id")
    begin, wanted = reader.moment("started_at") or operation.moment(), reader.identifiers("member_ids")
    reader.done()
    known = Round.objects.filter(pk=operation.entity_id, organisation_id=actor.organisation_id).first()
    if known is not None:
        return kept(known.pk, known.team_id, already=True)
    people = list_members(actor).filter(pk__in=wanted).values_list("pk", flat=True)
    outing = services.open_round(
        actor=actor,
        team_id=team_id,
        kind=kind,
        sector_id=known_sector(actor, sector_id),
        started_at=begin,
        member_ids=list(people),
        pk=operation.entity_id,
        from_phone=True,
    )
    return kept(outing.pk, outing.team_id)


def join_round(actor: Actor, operation: Operation) -> Outcome:
    """Be part of a colleague's round."""
    require(actor, "presence.work")
    Reader(operation).done()
    outing = round_of(actor, operation.entity_id)
    services.join_round(actor=actor, round_id=outing.pk, from_phone=True)
    return kept(outing.pk, outing.team_id)


def close_round(actor: Actor, operation: Operation) -> Outcome:
    """Close a round with its real hours."""
    require(actor, "presence.work")
    reader = Reader(operation)
    hours = {"started_at": reader.moment("started_at"), "ended_at": reader.moment("ended_at") or operation.moment()}
    handover = reader.text("handover")
    reader.done()
    outing = round_of(actor, operation.entity_id)
    services.close_round(actor=actor, round_id=outing.pk, handover=handover, **hours)
    return kept(outing.pk, outing.team_id)
