"""The team log: instructions left and read, calls noted."""

from entremise.core.actor import Actor
from entremise.core.errors import NotFound
from entremise.core.permissions import require
from entremise.presence import services
from entremise.presence.enums import LogKind
from entremise.presence.models import LogEntry
from entremise.presence.queries.log import get_entry
from entremise.presence.sync.ground import kept, site_of, team_of
from entremise.sync.payload import Reader
from entremise.sync.registry import Missing, Operation, Outcome


def instruct(actor: Actor, operation: Operation) -> Outcome:
    """Leave an instruction to the team."""
    reader = Reader(operation)
    team_id, site_id, text = team_of(actor, reader), site_of(actor, reader, required=False), reader.text("text")
    reader.done()
    known = LogEntry.objects.filter(pk=operation.entity_id, organisation_id=actor.organisation_id).first()
    row = known or services.leave_instruction(
        actor=actor, team_id=team_id, text=text, site_id=site_id, at=operation.moment(), pk=operation.entity_id
    )
    return kept(row.pk, team_id, already=known is not None)


def call(actor: Actor, operation: Operation) -> Outcome:
    """Note a received call."""
    reader = Reader(operation)
    team_id, site_id, text = team_of(actor, reader), site_of(actor, reader, required=False), reader.text("text")
    kind, at = reader.text("kind") or LogKind.APPEL, reader.moment("occurred_at") or operation.moment()
    reader.done()
    known = LogEntry.objects.filter(pk=operation.entity_id, organisation_id=actor.organisation_id).first()
    row = known or services.note_call(
        actor=actor, team_id=team_id, text=text, kind=kind, occurred_at=at, site_id=site_id, pk=operation.entity_id
    )
    return kept(row.pk, team_id, already=known is not None)


def acknowledge(actor: Actor, operation: Operation) -> Outcome:
    """Mark an instruction as read. One taken back since asks nothing more of anybody."""
    require(actor, "presence.work")
    Reader(operation).done()
    try:
        entry = get_entry(actor, operation.entity_id)
    except NotFound:
        if LogEntry.objects.filter(pk=operation.entity_id, organisation_id=actor.organisation_id).exists():
            return kept(operation.entity_id, already=True)
        raise Missing(operation.entity_id)
    services.acknowledge(actor=actor, entry_id=entry.pk)
    return kept(entry.pk, entry.team_id)
