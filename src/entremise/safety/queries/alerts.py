"""Reads of alerts."""

import uuid
from collections.abc import Iterable

from django.db.models import Count, QuerySet, Sum

from entremise.accounts.enums import Role
from entremise.accounts.queries import list_members
from entremise.core.actor import Actor
from entremise.core.db import get_one
from entremise.presence.queries import is_left_open, open_rounds, people_of
from entremise.safety.models import Alert, AlertAnswer, AlertCall


def list_alerts(actor: Actor) -> QuerySet[Alert]:
    """Alerts the actor may see, the latest first."""
    return Alert.objects.visible_to(actor).order_by("-raised_at", "-pk")


def open_alerts(actor: Actor) -> QuerySet[Alert]:
    """Those that nobody has closed."""
    return list_alerts(actor).filter(closed_at=None)


def open_version(actor: Actor) -> str:
    """A mark that changes whenever an open alert is added, answered or closed. One query."""
    found = open_alerts(actor).order_by().aggregate(count=Count("pk"), revisions=Sum("revision"))
    return f"{found['count']}-{found['revisions'] or 0}"


def get_alert(actor: Actor, alert_id: uuid.UUID) -> Alert:
    """An alert the actor may see; NotFound otherwise, the discreet one about themselves included."""
    return get_one(Alert.objects.visible_to(actor).filter(pk=alert_id))


def answers_of(alerts: Iterable[Alert]) -> dict[uuid.UUID, list[AlertAnswer]]:
    """Who saw these alerts, in order, in one query."""
    found: dict[uuid.UUID, list[AlertAnswer]] = {alert.pk: [] for alert in alerts}
    for answer in AlertAnswer.objects.filter(alert_id__in=list(found)).order_by("at", "pk"):
        found[answer.alert_id].append(answer)
    return found


def calls_of(alert: Alert) -> list[AlertCall]:
    """Whom the server wrote to about this alert, in order."""
    return list(alert.calls.order_by("asked_at", "pk"))


def duty_members(actor: Actor, team_id: uuid.UUID, *, coordinators_only: bool = False) -> list[uuid.UUID]:
    """The members on duty besides ``actor``: those of the team's open rounds and its coordinators.

    When nobody else is, the whole team, unless the coordinators alone are asked for.
    """
    out = [one for one in open_rounds(actor).filter(team_id=team_id) if not is_left_open(one)]
    people = {member for members in people_of(out).values() for member in members}
    team = list(list_members(actor, team_ids=[team_id]).values_list("pk", "roles"))
    present = {pk for pk, _ in team}
    coordinators = {pk for pk, roles in team if Role.ENCADRANT in roles} - {actor.member_id}
    if coordinators_only:
        return sorted(coordinators, key=str)
    on_duty = (people & present) - {actor.member_id} | coordinators
    return sorted(on_duty or present - {actor.member_id}, key=str)
