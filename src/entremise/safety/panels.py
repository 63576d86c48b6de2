"""What this module shows inside the pages of others: the banner of open alerts, the button beside the 17."""

from typing import Any

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from entremise.accounts.queries import member_names
from entremise.core.actor import Actor
from entremise.core.permissions import can
from entremise.places.queries import site_names
from entremise.safety import queries
from entremise.safety.forms import AlertForm
from entremise.safety.models import Alert

SHOWN = 3  # beyond, the list says the rest


def alert_rows(actor: Actor, alerts: list[Alert]) -> list[dict[str, Any]]:
    """Alerts with names, places and who saw them: four queries, whatever their number."""
    answers = queries.answers_of(alerts)
    people = {one.member_id for found in answers.values() for one in found}
    people |= {alert.author_id for alert in alerts} | {alert.taken_by_id for alert in alerts if alert.taken_by_id}
    names, sites = member_names(people), site_names({alert.site_id for alert in alerts if alert.site_id})
    return [
        {
            "alert": alert,
            "author": names.get(alert.author_id, ""),
            "site": sites.get(alert.site_id, "") if alert.site_id else "",
            "seen": [names.get(one.member_id, "") for one in answers[alert.pk]],
            "seen_by_me": any(one.member_id == actor.member_id for one in answers[alert.pk]),
            "taken_by": names.get(alert.taken_by_id, "") if alert.taken_by_id else "",
            "is_mine": alert.author_id == actor.member_id,
        }
        for alert in alerts
    ]


def banner_context(actor: Actor) -> dict[str, Any]:
    """The open alerts and the mark that polling compares."""
    version = queries.open_version(actor)
    alerts = [] if version.startswith("0-") else list(queries.open_alerts(actor)[:SHOWN])
    return {"rows": alert_rows(actor, alerts) if alerts else [], "version": version}


def banner(request: HttpRequest) -> SafeString | str:
    """The place of the open alerts at the head of every page: asked at once, then every four seconds, so that
    no page waits for them. Without scripts, the log and « Ce qui m’attend » say the same.
    """
    actor = getattr(request, "actor", None)
    if actor is None or not can(actor, "safety.answer"):
        return ""
    return render_to_string("safety/_banner.html", {"rows": [], "version": ""}, request=request)


def beside_act(request: HttpRequest) -> SafeString | str:
    """On the page of an act: a debriefing or an incident sheet that starts from it."""
    actor = getattr(request, "actor", None)
    match = request.resolver_match
    if actor is None or match is None or "act_id" not in match.kwargs or not can(actor, "safety.alert"):
        return ""
    return render_to_string("safety/_beside_act.html", {"act_id": match.kwargs["act_id"]}, request=request)


def urgent(request: HttpRequest) -> SafeString | str:
    """Beside the numbers, after the 17: alert the team, start a timer."""
    actor = getattr(request, "actor", None)
    if actor is None or not can(actor, "safety.alert"):
        return ""
    context = {"form": AlertForm(actor), "oncall": queries.oncall_number(actor.organisation_id)}
    return render_to_string("safety/_urgent.html", context, request=request)
