"""Reads of return visits, tensions that come back, team actions, readings of the parties."""

import datetime as dt
import uuid
from dataclasses import dataclass

from django.db.models import Count, Max, QuerySet

from entremise.accounts.queries import choices_for
from entremise.core.actor import Actor
from entremise.core.db import get_one, open_together
from entremise.core.time import now, today
from entremise.interventions.enums import Visibility
from entremise.interventions.models import Intervention, InterventionCode, PartyReading, ReturnVisit, TeamAction
from entremise.interventions.presets import RECURRENCE_DAYS, RECURRENCE_TIMES, TELLING_OBJECTS
from entremise.places.queries import site_names

SHOWN = 50
VISIT_LIVES = dt.timedelta(days=14)  # a visit that nobody made in that time is no longer put forward


def due_returns(actor: Actor) -> QuerySet[ReturnVisit]:
    """Return visits whose day has come, the oldest first."""
    return _to_make(actor).filter(due_on__lte=today()).order_by("due_on", "pk")


def _to_make(actor: Actor) -> QuerySet[ReturnVisit]:
    return ReturnVisit.objects.visible_to(actor).filter(done_at=None, due_on__gt=today() - VISIT_LIVES)


def planned_returns(actor: Actor) -> list[tuple[ReturnVisit, str]]:
    """Every visit still to make, with the name of its place: two queries."""
    found = list(_to_make(actor).order_by("due_on", "pk")[:SHOWN])
    names = site_names({visit.site_id for visit in found})
    return [(visit, names[visit.site_id]) for visit in found]


def return_of(act: Intervention) -> ReturnVisit | None:
    """The return visit of an act, made or to make."""
    return ReturnVisit.objects.filter(act=act).first()


@dataclass(frozen=True)
class Recurrence:
    """The same object at the same place, again and again. A place and a subject: never a person."""

    team_id: uuid.UUID
    site_id: uuid.UUID
    site: str
    code: str
    label: str
    times: int
    last: dt.datetime
    action: TeamAction | None


def recurrences(actor: Actor) -> list[Recurrence]:
    """Conflicts about one object at one place, noted by one team at least ``RECURRENCE_TIMES`` in ``RECURRENCE_DAYS``.

    Counted on acts that the whole team reads, so that all see the same. Objects that could point at a home beside
    its place (``TELLING_OBJECTS``) are never gathered. Four queries.
    """
    if not actor.team_ids:
        return []
    groups = list(
        InterventionCode.objects.filter(
            organisation_id=actor.organisation_id,
            list_reference="L13",
            intervention__team_id__in=actor.team_ids,
            intervention__visibility=Visibility.EQUIPE,
            intervention__occurred_at__gte=now() - dt.timedelta(days=RECURRENCE_DAYS),
        )
        .exclude(national__in=TELLING_OBJECTS)
        .values_list("intervention__team_id", "intervention__site_id", "national")
        .annotate(times=Count("intervention_id", distinct=True), last=Max("intervention__occurred_at"))
        .filter(times__gte=RECURRENCE_TIMES)
        .order_by("-times", "-last")[:SHOWN]
    )
    sites = site_names({site for _, site, *_ in groups})
    labels = choices_for(actor.organisation_id, "L13")["L13"]
    actions = TeamAction.objects.visible_to(actor).filter(done_at=None).exclude(conflict_object="")
    known = {(one.team_id, one.site_id, one.conflict_object): one for one in actions}
    return [
        Recurrence(
            team_id=team,
            site_id=site,
            site=sites[site],
            code=code,
            label=labels.label(code),
            times=times,
            last=last,
            action=known.get((team, site, code)),
        )
        for team, site, code, times, last in groups
    ]


def list_actions(actor: Actor) -> QuerySet[TeamAction]:
    """Actions of the actor's teams, the soonest first."""
    return TeamAction.objects.visible_to(actor).select_related("team").order_by("due_on", "pk")


def get_action(actor: Actor, action_id: uuid.UUID) -> TeamAction:
    """An action of the actor's teams; NotFound otherwise."""
    return get_one(list_actions(actor).filter(pk=action_id))


def due_actions(actor: Actor) -> QuerySet[TeamAction]:
    """One's own actions whose day has come."""
    return list_actions(actor).filter(owner_id=actor.member_id, done_at=None, due_on__lte=today())


def readings_of(act: Intervention) -> dict[str, PartyReading]:
    """The mediator's readings of an act, by party."""
    found = list(PartyReading.objects.filter(act=act))
    open_together(found, "positions", "interests", "needs", "fears", "criteria")
    return {reading.party: reading for reading in found}
