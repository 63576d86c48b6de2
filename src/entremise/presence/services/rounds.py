"""Plan, open and join rounds. Nothing here happens by itself: a person does each."""

import datetime as dt
import uuid
from collections.abc import Iterable

from django.db import transaction

from entremise.core.actor import Actor
from entremise.core.errors import FORM, InvalidInput
from entremise.core.permissions import require
from entremise.core.time import local, now
from entremise.journal.services import publish
from entremise.places.queries import get_sector
from entremise.presence import events
from entremise.presence.enums import LogKind, RoundKind, RoundStatus
from entremise.presence.models import LogEntry, Round, RoundMember
from entremise.presence.queries.rounds import current_round, get_round, is_left_open, people_of
from entremise.presence.services.checks import (
    Errors,
    author_of,
    checked_moment,
    checked_people,
    refuse,
    require_team,
)
from entremise.presence.services.log import post_log_entry

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
    outing = locked(actor, "presence.plan", round_id)
    if outing.status != RoundStatus.PREVUE:
        raise InvalidInput({FORM: ["Seule une tournée prévue s’annule. Celle-ci a déjà commencé."]})
    outing.status = RoundStatus.ANNULEE
    outing.save(update_fields=["status"])
    publish(events.RoundCancelled(actor=actor, target_id=outing.pk))
    return outing


def locked(actor: Actor, permission: str, round_id: uuid.UUID) -> Round:
    """The round, held until the transaction ends; NotFound for one of another team."""
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
        outing = locked(actor, "presence.work", round_id)
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
    outing = locked(actor, "presence.work", round_id)
    if not outing.is_open and not (from_phone and outing.status == RoundStatus.TERMINEE):
        raise InvalidInput({FORM: ["Cette tournée est terminée : on ne peut plus la rejoindre."]})
    people = people_of([outing])[outing.pk]
    if actor.member_id not in people:
        _add_people(outing, [author_of(actor)])
        tell_people(actor, outing)
        publish(events.RoundJoined(actor=actor, target_id=outing.pk))
    return outing


def tell_people(actor: Actor, outing: Round) -> None:
    """Write again, in its lines of the log, who is part of the round."""
    people = [str(member) for member in people_of([outing])[outing.pk]]
    for entry in LogEntry.objects.filter(subject_id=outing.pk, subject_type=ROUND, withdrawn_at=None):
        if "members" in entry.codes:
            entry.codes = {**entry.codes, "members": people}
            entry.revision += 1
            if entry.kind == LogKind.PRISE_SERVICE and outing.started_at:
                entry.occurred_at = outing.started_at
            entry.save(update_fields=["codes", "revision", "occurred_at"])
