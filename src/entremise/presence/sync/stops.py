"""Passages on a place: arrival, contacts, atmosphere and how a first meeting was received."""

from entremise.core.actor import Actor
from entremise.core.permissions import require
from entremise.presence import services
from entremise.presence.enums import AgeBand
from entremise.presence.models import Stop
from entremise.presence.sync.ground import kept, passage, round_of, site_of
from entremise.sync.payload import Reader
from entremise.sync.registry import Operation, Outcome


def arrive(actor: Actor, operation: Operation) -> Outcome:
    """Be at a place. Where the round already stands, the passage that exists is the one kept."""
    require(actor, "presence.work")
    reader = Reader(operation)
    round_id, site_id = reader.identifier("round_id"), site_of(actor, reader)
    at = reader.moment("at") or operation.moment()
    if round_id is None:
        reader.wrong("round_id")
    reader.done()
    assert round_id is not None
    assert site_id is not None
    outing = round_of(actor, round_id)
    known = Stop.objects.filter(pk=operation.entity_id, organisation_id=actor.organisation_id).first()
    if known is not None:
        return kept(known.pk, outing.team_id, already=True)
    stop = services.arrive_at_site(
        actor=actor,
        round_id=outing.pk,
        site_id=site_id,
        at=max(at, outing.started_at or at),
        pk=operation.entity_id,
        from_phone=True,
    )
    return kept(stop.pk, outing.team_id)


def count(actor: Actor, operation: Operation) -> Outcome:
    """Add contacts, or take some back: once for each operation."""
    require(actor, "presence.work")
    reader = Reader(operation)
    band, delta = reader.text("band") or AgeBand.NON_COMMUNIQUE, reader.whole("delta")
    if delta is None:
        reader.wrong("delta")
    reader.done()
    with passage(actor, operation) as stop_id:
        services.count_contacts(actor=actor, stop_id=stop_id, delta=delta or 0, band=band)
    return kept(stop_id)


def atmosphere(actor: Actor, operation: Operation) -> Outcome:
    """Say the atmosphere of the place."""
    require(actor, "presence.work")
    reader = Reader(operation)
    code = reader.text("atmosphere")
    reader.done()
    with passage(actor, operation) as stop_id:
        services.set_atmosphere(actor=actor, stop_id=stop_id, atmosphere=code, from_phone=True)
    return kept(stop_id)


def reception(actor: Actor, operation: Operation) -> Outcome:
    """Say how a first meeting was received."""
    require(actor, "presence.work")
    reader = Reader(operation)
    code = reader.text("reception")
    reader.done()
    with passage(actor, operation) as stop_id:
        services.set_reception(actor=actor, stop_id=stop_id, reception=code, from_phone=True)
    return kept(stop_id)
