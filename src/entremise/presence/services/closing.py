"""Close a round, or correct the hours of one that was closed. Never by itself: a person does it."""

import datetime as dt
import uuid
from typing import Any

from django.db import transaction

from entremise.core.actor import Actor
from entremise.core.errors import FORM, InvalidInput
from entremise.journal.services import publish
from entremise.presence import events
from entremise.presence.enums import LogKind, RoundStatus
from entremise.presence.models import LogEntry, Round, TallyTap
from entremise.presence.queries.rounds import contacts_of_rounds, people_of
from entremise.presence.services.checks import Errors, checked_moment, checked_text, refuse
from entremise.presence.services.log import leave_instruction, post_log_entry
from entremise.presence.services.rounds import LONGEST, ROUND, locked


def close_round(
    *,
    actor: Actor,
    round_id: uuid.UUID,
    started_at: dt.datetime | None = None,
    ended_at: dt.datetime | None = None,
    handover: str = "",
) -> Round:
    """Close a round with its real hours and, if there is something to pass on, an instruction to the team.

    The end is now by default; nobody but a person calls this, whatever the age of the round. A closed
    round may be closed again to correct its hours. Raises InvalidInput (started_at, ended_at, handover).
    """
    with transaction.atomic():
        outing = locked(actor, "presence.work", round_id)
        if outing.status not in (RoundStatus.OUVERTE, RoundStatus.TERMINEE):
            raise InvalidInput({FORM: ["Cette tournée n’est pas ouverte : il n’y a rien à terminer."]})
        begin, end, text = _checked_hours(outing, started_at, ended_at, handover)
        was_open = outing.is_open
        outing.started_at = outing.begins_at = begin
        outing.ended_at, outing.status = end, RoundStatus.TERMINEE
        outing.minutes = round_minutes(begin, end)
        outing.save(update_fields=["started_at", "begins_at", "ended_at", "status", "minutes"])
        _leave_last_stop(outing, end)
        TallyTap.objects.filter(stop__round=outing).delete()
        if was_open:
            _log_end(actor, outing, end)
        else:
            _correct_lines(outing, begin, end)
        if text:
            leave_instruction(actor=actor, team_id=outing.team_id, text=text, subject_type=ROUND, subject_id=outing.pk)
        publish(events.RoundClosed(actor=actor, target_id=outing.pk, codes={"minutes": outing.minutes}))
    return outing


def round_minutes(begin: dt.datetime, end: dt.datetime) -> int:
    """Whole minutes between two instants, to the nearest."""
    return round_half_up((end - begin).total_seconds() / 60)


def round_half_up(value: float) -> int:
    """Nearest integer, halves up (Python's own rounding would go to the even one)."""
    return int(value + 0.5)


def _checked_hours(
    outing: Round, started_at: dt.datetime | None, ended_at: dt.datetime | None, handover: str
) -> tuple[dt.datetime, dt.datetime, str]:
    errors: Errors = {}
    begin = checked_moment(errors, "started_at", started_at or outing.started_at)
    end = checked_moment(errors, "ended_at", ended_at or outing.ended_at)
    if not errors and end < begin:
        errors["ended_at"] = ["La fin vient avant le début. Corrigez l’une des deux heures."]
    elif not errors and end - begin > LONGEST:
        errors["ended_at"] = ["Cela ferait plus de seize heures. Indiquez l’heure à laquelle vous avez vraiment fini."]
    text = checked_text(errors, "handover", handover, team_id=outing.team_id)
    refuse(errors)
    return begin, end, text


def _leave_last_stop(outing: Round, end: dt.datetime) -> None:
    for stop in outing.stops.filter(left_at=None):
        stop.left_at = max(end, stop.arrived_at)
        stop.save(update_fields=["left_at"])


def _correct_lines(outing: Round, begin: dt.datetime, end: dt.datetime) -> None:
    for entry in LogEntry.objects.filter(subject_id=outing.pk, subject_type=ROUND, withdrawn_at=None):
        if entry.kind == LogKind.CONSIGNE:
            continue
        is_end = entry.kind == LogKind.FIN_SERVICE
        entry.occurred_at = end if is_end else begin
        if is_end:
            entry.codes = {**entry.codes, "minutes": outing.minutes}
        entry.revision += 1
        entry.save(update_fields=["occurred_at", "codes", "revision"])


def _log_end(actor: Actor, outing: Round, end: dt.datetime) -> None:
    codes: dict[str, Any] = {
        "round_kind": outing.kind,
        "minutes": outing.minutes,
        "contacts": contacts_of_rounds([outing.pk]).get(outing.pk, 0),
        "sites": outing.stops.values("site_id").distinct().count(),
        "members": [str(member) for member in people_of([outing])[outing.pk]],
    }
    post_log_entry(
        actor=actor,
        team_id=outing.team_id,
        kind=LogKind.FIN_SERVICE,
        occurred_at=end,
        subject_type=ROUND,
        subject_id=outing.pk,
        codes=codes,
    )
