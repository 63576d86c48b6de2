"""The on-call chain at work: whom the server writes to, and when it passes to the next rung."""

import datetime as dt
import uuid

from django.db import transaction
from django.db.models import F

from entremise.accounts.queries import member_actor
from entremise.core.actor import system_actor
from entremise.core.time import now
from entremise.journal.services import publish
from entremise.safety.events import AlertCalled
from entremise.safety.models import Alert, AlertCall
from entremise.safety.queries.alerts import duty_members
from entremise.safety.queries.chain import chain_of
from entremise.safety.queries.timers import overdue_timers
from entremise.safety.services.timers import fire_timer


@transaction.atomic
def call_duty(alert_id: uuid.UUID) -> list[AlertCall]:
    """Write at once to those on duty. A discreet alert goes to the coordinators and the chain alone: a colleague on the
    same round may be held by the same hand.
    """
    alert = Alert.objects.filter(pk=alert_id, closed_at=None).first()
    actor = member_actor(alert.author_id, origin="task") if alert else None
    if alert is None or actor is None or alert.calls.filter(rung=None).exists():
        return []
    members = duty_members(actor, alert.team_id, coordinators_only=alert.is_discreet)
    return AlertCall.objects.bulk_create(AlertCall(alert=alert, member_id=member) for member in members)


@transaction.atomic
def call_next(alert_id: uuid.UUID) -> tuple[AlertCall | None, dt.datetime | None]:
    """Pass to the next rung when its hour has come: the call to make, and when to look again.

    Nothing happens while somebody sees to the alert, once it is closed, or when two workers come together.
    """
    alert = Alert.objects.select_for_update().filter(pk=alert_id, closed_at=None).first()
    if alert is None or alert.next_call_at is None:
        return None, None
    if alert.next_call_at > now():
        return None, alert.next_call_at
    rung = chain_of(alert.organisation_id)[alert.called_rungs :].first()
    call = None
    if rung is None:
        alert.next_call_at = None
    else:
        call = AlertCall.objects.create(alert=alert, member_id=rung.member_id, rung=rung)
        alert.called_rungs += 1
        alert.next_call_at = now() + dt.timedelta(minutes=rung.delay_minutes)
        actor = system_actor(alert.organisation_id)
        publish(AlertCalled(actor=actor, target_id=alert.pk, codes={"rung": alert.called_rungs}))
    alert.revision = F("revision") + 1
    alert.save()
    alert.refresh_from_db(fields=["next_call_at"])
    return call, alert.next_call_at


def mark_sent(call_id: uuid.UUID) -> None:
    """The message left."""
    AlertCall.objects.filter(pk=call_id, sent_at=None).update(sent_at=now())


def overdue_alerts() -> list[uuid.UUID]:
    """Alerts whose next rung should have been called: what a worker that stopped left behind."""
    rows = Alert.objects.filter(closed_at=None, next_call_at__lte=now())
    return list(rows.order_by("next_call_at").values_list("pk", flat=True))


def fire_overdue() -> int:
    """Raise the alarm of every timer whose hour has passed. Returns how many."""
    return sum(fire_timer(pk) for pk in overdue_timers().values_list("pk", flat=True))
