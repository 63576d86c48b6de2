"""Plan, open, join, close and merge rounds. Nothing here happens by itself: a person does each."""

import datetime as dt
import uuid
from collections.abc import Iterable
from typing import Any

from django.db import transaction

from entremise.core.actor import Actor
from entremise.core.errors import FORM, InvalidInput
from entremise.core.permissions import require
from entremise.core.time import local, now
from entremise.journal.services import publish
from entremise.places.queries import get_sector
from entremise.presence import events
from entremise.presence.enums import LogKind, RoundKind, RoundStatus
from entremise.presence.models import LogEntry, Round, RoundMember, TallyTap
from entremise.presence.queries.rounds import contacts_of_rounds, current_round, get_round, is_left_open, people_of
from entremise.presence.services.checks import (
    Errors,
    author_of,
    checked_moment,
    checked_people,
    checked_text,
    refuse,
    require_team,
)
from entremise.presence.services.log import leave_instruction, post_log_entry

ROUND = "presence.round"
LONGEST = dt.timedelta(hours=16)


def _add_people(outing: Round, member_ids: Iterable[uuid.UUID]) -> None:
    RoundMember.objects.bulk_create([RoundMember(round=outing, member_id=member) for member in member_ids])


def _checked_kind(errors: Errors, kind: str) -> None:
    if kind not in RoundKind.values:
        errors["kind"] = ["Choisissez une des réponses proposées."]


def plan_round(
    *,
    actor: Actor,
    team_id: uuid.UUID,
    kind: str,
    planned_start: dt.datetime,
    planned_end: dt.datetime | None = None,
    sector_id: uuid.UUID | None = None,
    member_ids: Iterable[uuid.UUID] = (),
) -> Round:
    """Put a round in the team's plan. Raises InvalidInput (kind, planned_start, planned_end, member_ids)."""
    require_team(actor, "presence.plan", team_id)
    errors: Errors = {}
    _checked_kind(errors, kind)
    if planned_start < now() - dt.timedelta(days=1):
        errors["planned_start"] = ["Ce début est déjà passé. Choisissez une date à venir, ou ouvrez la tournée."]
    if planned_end and planned_end <= planned_start:
        errors["planned_end"] = ["La fin vient avant le début. Corrigez l’une des deux heures."]
    elif planned_end and planned_end - planned_start > LONGEST:
        errors["planned_end"] = ["Une tournée dure seize heures au plus. Prévoyez-en deux."]
    people = checked_people(actor, errors, member_ids)
    refuse(errors)
    if sector_id:
        get_sector(actor, sector_id)
    with transaction.atomic():
        outing = Round.objects.create(
            organisation_id=actor.organisation_id,
            team_id=team_id,
            kind=kind,
            sector_id=sector_id,
            status=RoundStatus.PREVUE,
            planned_start=planned_start,
            planned_end=planned_end,
            begins_at=planned_start,
            created_by_id=author_of(actor),
        )
        _add_people(outing, people)
        publish(events.RoundPlanned(actor=actor, target_id=outing.pk, codes={"kind": kind}))
    return outing


@transaction.atomic
def cancel_round(*, actor: Actor, round_id: uuid.UUID) -> Round:
    """Cancel a round that was only planned."""
    outing = _locked(actor, "presence.plan", round_id)
    if outing.status != RoundStatus.PREVUE:
        raise InvalidInput({FORM: ["Seule une tournée prévue s’annule. Celle-ci a déjà commencé."]})
    outing.status = RoundStatus.ANNULEE
    outing.save(update_fields=["status"])
    publish(events.RoundCancelled(actor=actor, target_id=outing.pk))
    return outing


def _locked(actor: Actor, permission: str, round_id: uuid.UUID) -> Round:
    require(actor, permission)
    found = get_round(actor, round_id)
    return Round.objects.select_for_update(of=("self",)).get(pk=found.pk)


def open_round(
    *,
    actor: Actor,
    team_id: uuid.UUID,
    kind: str = RoundKind.TOURNEE,
    sector_id: uuid.UUID | None = None,
    started_at: dt.datetime | None = None,
    member_ids: Iterable[uuid.UUID] = (),
    pk: uuid.UUID | None = None,
    from_phone: bool = False,
) -> Round:
    """Open a round now (or at the hour it really began); the actor is always part of it.

    ``from_phone``: it was opened without network, under the identifier ``pk``, whatever happened since: never refused
    for its age nor because the actor is already out (the two are then offered for merging).

    Raises InvalidInput: kind, started_at, member_ids, or the form as a whole when the actor is already out.
    """
    require_team(actor, "presence.work", team_id)
    errors: Errors = {}
    _checked_kind(errors, kind)
    begin = checked_moment(errors, "started_at", started_at)
    if not from_phone and "started_at" not in errors and begin < now() - dt.timedelta(days=31):
        errors["started_at"] = ["Ce début remonte à plus d’un mois. Vérifiez la date."]
    people = checked_people(actor, errors, [author_of(actor), *member_ids])
    refuse(errors)
    if sector_id:
        get_sector(actor, sector_id)
    with transaction.atomic():
        if not from_phone:
            _refuse_when_out(actor)
        outing = Round(organisation_id=actor.organisation_id, team_id=team_id, kind=kind, sector_id=sector_id)
        outing.pk = pk or outing.pk
        outing.created_by_id = author_of(actor)
        return _start(actor, outing, begin, people)


def open_planned_round(*, actor: Actor, round_id: uuid.UUID) -> Round:
    """Open a planned round now, with the people it was planned for and the actor."""
    with transaction.atomic():
        outing = _locked(actor, "presence.work", round_id)
        if outing.status == RoundStatus.OUVERTE:
            return outing
        if outing.status != RoundStatus.PREVUE:
            raise InvalidInput({FORM: ["Cette tournée n’est plus à ouvrir. Ouvrez-en une autre."]})
        _refuse_when_out(actor)
        people = people_of([outing])[outing.pk]
        if actor.member_id and actor.member_id not in people:
            people.append(actor.member_id)
        outing.people.all().delete()
        return _start(actor, outing, now(), people)


def _refuse_when_out(actor: Actor) -> None:
    """One is in one place at a time; a forgotten round does not count, it is offered for closing."""
    known = current_round(actor)
    if known is not None and not is_left_open(known) and known.started_at:
        hour = local(known.started_at).strftime("%H:%M")
        raise InvalidInput(
            {FORM: [f"Vous êtes déjà en tournée depuis {hour}. Terminez-la avant d’en ouvrir une autre."]}
        )


def _start(actor: Actor, outing: Round, begin: dt.datetime, people: list[uuid.UUID]) -> Round:
    outing.status = RoundStatus.OUVERTE
    outing.started_at = outing.begins_at = begin
    outing.save()
    _add_people(outing, people)
    post_log_entry(
        actor=actor,
        team_id=outing.team_id,
        kind=LogKind.PRISE_SERVICE,
        occurred_at=begin,
        subject_type=ROUND,
        subject_id=outing.pk,
        codes={"round_kind": outing.kind, "members": [str(member) for member in people]},
    )
    publish(events.RoundOpened(actor=actor, target_id=outing.pk, codes={"kind": outing.kind, "people": len(people)}))
    return outing


@transaction.atomic
def join_round(*, actor: Actor, round_id: uuid.UUID, from_phone: bool = False) -> Round:
    """Become part of a round that a colleague opened; doing it twice changes nothing.

    ``from_phone``: it was joined without network, and may have ended since.
    """
    outing = _locked(actor, "presence.work", round_id)
    if not outing.is_open and not (from_phone and outing.status == RoundStatus.TERMINEE):
        raise InvalidInput({FORM: ["Cette tournée est terminée : on ne peut plus la rejoindre."]})
    people = people_of([outing])[outing.pk]
    if actor.member_id not in people:
        _add_people(outing, [author_of(actor)])
        _tell_people(actor, outing)
        publish(events.RoundJoined(actor=actor, target_id=outing.pk))
    return outing


def _tell_people(actor: Actor, outing: Round) -> None:
    people = [str(member) for member in people_of([outing])[outing.pk]]
    for entry in LogEntry.objects.filter(subject_id=outing.pk, subject_type=ROUND, withdrawn_at=None):
        if "members" in entry.codes:
            entry.codes = {**entry.codes, "members": people}
            entry.revision += 1
            if entry.kind == LogKind.PRISE_SERVICE and outing.started_at:
                entry.occurred_at = outing.started_at
            entry.save(update_fields=["codes", "revision", "occurred_at"])


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
        outing = _locked(actor, "presence.work", round_id)
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
