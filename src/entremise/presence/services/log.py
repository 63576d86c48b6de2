"""Writes in the team log. A line that mirrors a record is part of that record's write and of its event."""

import datetime as dt
import uuid
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import F

from entremise.core.actor import Actor
from entremise.core.errors import NotFound
from entremise.core.permissions import require
from entremise.core.time import now
from entremise.journal.services import publish
from entremise.places.queries import get_site
from entremise.presence.enums import LogKind, LogVisibility
from entremise.presence.events import LogEntryAcknowledged, LogEntryPosted, LogEntryWithdrawn
from entremise.presence.log import check_codes
from entremise.presence.models import Acknowledgement, LogEntry
from entremise.presence.queries.log import WORDS, get_entry
from entremise.presence.services.checks import Errors, author_of, checked_moment, checked_text, refuse, require_team

INSTRUCTION = "presence.instruction"
CALL = "presence.call"


def post_log_entry(
    *,
    actor: Actor,
    team_id: uuid.UUID,
    kind: str,
    occurred_at: dt.datetime,
    site_id: uuid.UUID | None = None,
    subject_type: str = "",
    subject_id: uuid.UUID | None = None,
    codes: dict[str, Any] | None = None,
    visibility: str = LogVisibility.TEAM,
    second_author_id: uuid.UUID | None = None,
) -> LogEntry:
    """Put a line in a team's log, inside the caller's transaction, for a record it has just saved.

    ``codes`` holds stable codes, counts and identifiers only (``presence.log.FORBIDDEN_CODES`` are
    refused with ValueError). The caller has checked the site and the second author. Raises
    NotAllowed when the actor does not work in this team.
    """
    require(actor, "presence.work", team_id)
    return _post(
        actor,
        team_id=team_id,
        kind=LogKind(kind),
        occurred_at=occurred_at,
        site_id=site_id,
        subject_type=subject_type,
        subject_id=subject_id,
        codes=codes or {},
        visibility=LogVisibility(visibility),
        second_author_id=second_author_id,
    )


def _post(actor: Actor, **fields: Any) -> LogEntry:
    check_codes(fields.get("codes", {}))
    return LogEntry.objects.create(organisation_id=actor.organisation_id, author_id=author_of(actor), **fields)


def update_log_entry(*, actor: Actor, subject_type: str, subject_id: uuid.UUID, **changes: Any) -> int:
    """Change the live lines of a record: any of ``occurred_at``, ``site_id``, ``kind``, ``codes``,
    ``visibility``, ``second_author_id``; without any, only tell the open pages that the record changed
    (its state is read when the line is shown). Returns the number of lines.
    """
    unknown = set(changes) - {"occurred_at", "site_id", "kind", "codes", "visibility", "second_author_id"}
    if unknown:
        raise TypeError(f"not columns of a log line: {', '.join(sorted(unknown))}")
    check_codes(changes.get("codes", {}))
    return _lines_of(actor, subject_type, subject_id).update(revision=F("revision") + 1, **changes)


def withdraw_log_entry(*, actor: Actor, subject_type: str, subject_id: uuid.UUID) -> int:
    """Take the lines of a record out of the log; they stay in the table, unseen. Returns their number."""
    return _lines_of(actor, subject_type, subject_id).update(revision=F("revision") + 1, withdrawn_at=now())


def _lines_of(actor: Actor, subject_type: str, subject_id: uuid.UUID) -> Any:
    return LogEntry.objects.filter(
        organisation_id=actor.organisation_id, subject_id=subject_id, subject_type=subject_type, withdrawn_at=None
    )


def _write(actor: Actor, kind: str, fields: dict[str, Any], site_id: uuid.UUID | None) -> LogEntry:
    if site_id:
        get_site(actor, site_id)
    with transaction.atomic():
        entry = _post(actor, kind=kind, site_id=site_id, **fields)
        publish(LogEntryPosted(actor=actor, target_id=entry.pk, codes={"kind": kind}))
    return entry


def leave_instruction(
    *,
    actor: Actor,
    team_id: uuid.UUID,
    text: str,
    site_id: uuid.UUID | None = None,
    subject_type: str = INSTRUCTION,
    subject_id: uuid.UUID | None = None,
    at: dt.datetime | None = None,
    pk: uuid.UUID | None = None,
) -> LogEntry:
    """Leave an instruction to the team, about a place or not; colleagues are asked to mark it as read.

    ``at`` and ``pk`` are the hour and the identifier a phone gave it.
    Raises InvalidInput (``text``), NotFound (team or site of others).
    """
    require_team(actor, "presence.work", team_id)
    errors: Errors = {}
    text = checked_text(
        errors, "text", text, team_id=team_id, required="Écrivez la consigne en une phrase : quoi faire, où, quand."
    )
    refuse(errors)
    fields = {
        "team_id": team_id,
        "occurred_at": checked_moment(errors, "at", at),
        "text": text,
        "subject_type": subject_type,
        "subject_id": subject_id,
        **({"pk": pk} if pk else {}),
    }
    refuse(errors)
    return _write(actor, LogKind.CONSIGNE, fields, site_id)


def note_call(
    *,
    actor: Actor,
    team_id: uuid.UUID,
    text: str,
    kind: str = LogKind.APPEL,
    occurred_at: dt.datetime | None = None,
    site_id: uuid.UUID | None = None,
    pk: uuid.UUID | None = None,
) -> LogEntry:
    """Note a received call, or (``kind``) what a partner told. Raises InvalidInput (``text``, ``occurred_at``)."""
    require_team(actor, "presence.work", team_id)
    errors: Errors = {}
    text = checked_text(
        errors, "text", text, team_id=team_id, required="Notez en une phrase ce qui est demandé, sans nom."
    )
    moment = checked_moment(errors, "occurred_at", occurred_at)
    if kind not in (LogKind.APPEL, LogKind.INFO_PARTENAIRE):
        errors["kind"] = ["Choisissez une des réponses proposées."]
    refuse(errors)
    fields: dict[str, Any] = {"team_id": team_id, "occurred_at": moment, "text": text, "subject_type": CALL}
    if pk:
        fields["pk"] = pk
    return _write(actor, kind, fields, site_id)


@transaction.atomic
def acknowledge(*, actor: Actor, entry_id: uuid.UUID) -> LogEntry:
    """Mark an instruction as read by the actor; doing it twice changes nothing."""
    require(actor, "presence.view_log")
    entry = get_entry(actor, entry_id)
    try:
        with transaction.atomic():
            Acknowledgement.objects.create(entry=entry, member_id=author_of(actor))
    except IntegrityError:
        return entry
    LogEntry.objects.filter(pk=entry.pk).update(revision=F("revision") + 1)
    publish(LogEntryAcknowledged(actor=actor, target_id=entry.pk))
    return entry


@transaction.atomic
def withdraw_instruction(*, actor: Actor, entry_id: uuid.UUID) -> LogEntry:
    """Take back an instruction or a call: its author, or a coordinator of the team. Others get NotAllowed."""
    entry = get_entry(actor, entry_id)
    if entry.kind not in WORDS:
        raise NotFound("instruction")  # the line of a record goes with its record
    if entry.author_id != actor.member_id:
        require(actor, "presence.supervise_log", entry)
    LogEntry.objects.filter(pk=entry.pk).update(revision=F("revision") + 1, withdrawn_at=now())
    publish(LogEntryWithdrawn(actor=actor, target_id=entry.pk, codes={"kind": entry.kind}))
    return entry
