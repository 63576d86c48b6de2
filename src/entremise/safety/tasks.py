"""Work that leaves the page: messages to those on duty, the next rung, the hour of a timer. Identifiers only."""

import uuid
from collections.abc import Iterable

from django.conf import settings
from django.core.mail import send_mail
from django.template.loader import render_to_string
from django.urls import reverse

from entremise.accounts.queries import list_members
from entremise.core.actor import system_actor
from entremise.core.tasks import task
from entremise.safety import services
from entremise.safety.events import AlertRaised, TimerArmed
from entremise.safety.models import AlertCall

SUBJECT = "Alerte de l’équipe, à ouvrir maintenant"


@task()
def call_duty(alert_id: str) -> int:
    """Write to those on duty. Returns how many."""
    return _send(services.call_duty(uuid.UUID(alert_id)))


@task()
def call_next(alert_id: str) -> None:
    """Pass to the next rung of the chain, and come back when its time is over."""
    call, again = services.call_next(uuid.UUID(alert_id))
    if call is not None:
        _send([call])
    if again is not None:
        call_next.using(run_after=again).enqueue(alert_id)


@task()
def watch_timer(timer_id: str) -> None:
    """Take a timer in: it is armed from now on, and this same queue will come back at its hour."""
    timer = services.watched(uuid.UUID(timer_id))
    if timer is not None:
        fire_timer.using(run_after=timer.due_at).enqueue(timer_id)


@task()
def fire_timer(timer_id: str) -> bool:
    """The hour of a timer: nothing if it was ended or prolonged meanwhile."""
    return services.fire_timer(uuid.UUID(timer_id))


def _send(calls: Iterable[AlertCall]) -> int:
    """One message a call: that there is an alert, and where to read it. Neither who, nor where, nor why."""
    sent = 0
    for call in calls:
        members = list_members(system_actor(call.alert.organisation_id))
        member = members.filter(pk=call.member_id).first() if call.member_id else None
        if member is None or member.user is None or not member.user.email:
            continue
        link = settings.BASE_URL + reverse("safety:alert", args=[call.alert_id])
        body = render_to_string("safety/mail/alert.txt", {"link": link})
        subject = f"{settings.EMAIL_SUBJECT_PREFIX}{SUBJECT}"
        send_mail(subject, body, settings.DEFAULT_FROM_EMAIL, [member.user.email])
        services.mark_sent(call.pk)
        sent += 1
    return sent


def enqueue_calls(event: AlertRaised) -> None:
    """Queue the messages in the transaction of the alert: neither outlives the other."""
    call_duty.enqueue(str(event.target_id))
    call_next.enqueue(str(event.target_id))


def enqueue_watch(event: TimerArmed) -> None:
    """Ask a worker to take the timer in; until it has, the timer is not armed."""
    watch_timer.enqueue(str(event.target_id))


def watch() -> str:
    """One pass over what a stopped worker left behind: timers past their hour, rungs not called."""
    fired = services.fire_overdue()
    late = services.overdue_alerts()
    for alert_id in late:
        call_next.func(str(alert_id))
    return f"{fired} minuteurs échus, {len(late)} alertes reprises"
