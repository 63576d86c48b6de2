"""Raise an alert, answer it, close it."""

import uuid
from typing import Any

from django.db import transaction
from django.db.models import F

from entremise.core.actor import Actor
from entremise.core.errors import InvalidInput, NotFound
from entremise.core.permissions import require
from entremise.core.time import now
from entremise.journal.services import publish
from entremise.presence.enums import LogKind
from entremise.presence.services import post_log_entry, update_log_entry
from entremise.safety.enums import DISCREET, AlertEnd, AlertOrigin, AnswerKind
from entremise.safety.events import AlertAnswered, AlertClosed, AlertRaised
from entremise.safety.models import Alert, AlertAnswer
from entremise.safety.queries.alerts import get_alert
from entremise.safety.services.checks import member_of, own_site, own_team

ALERT = "safety.alert"


@transaction.atomic
def raise_alert(
    *,
    actor: Actor,
    team_id: uuid.UUID | None = None,
    site_id: uuid.UUID | None = None,
    origin: str = AlertOrigin.GESTE,
    timer_id: uuid.UUID | None = None,
    pk: uuid.UUID | None = None,
) -> Alert:
    """Tell the team that ``actor`` may need help. ``pk`` is the identifier a page or a phone drew: sent twice, the same
    alert comes back. Raises NotFound (team or place of others).
    """
    team = own_team(actor, team_id)
    site = own_site(actor, site_id)
    if pk is not None and (known := _known(actor, pk)):
        return known
    alert = Alert(
        organisation_id=actor.organisation_id,
        team_id=team,
        author_id=member_of(actor),
        site_id=site,
        origin=AlertOrigin(origin),
        timer_id=timer_id,
        next_call_at=now(),
    )
    alert.pk = pk or alert.pk
    alert.save(force_insert=True)
    if alert.origin not in DISCREET:
        _log(actor, alert)
    publish(AlertRaised(actor=actor, target_id=alert.pk, codes={"origin": alert.origin}))
    return alert


def _known(actor: Actor, pk: uuid.UUID) -> Alert | None:
    found = Alert.objects.filter(pk=pk).first()
    if found is not None and (found.author_id != actor.member_id or found.is_discreet):
        raise NotFound("alert")
    return found


def _log(actor: Actor, alert: Alert) -> None:
    post_log_entry(
        actor=actor,
        team_id=alert.team_id,
        kind=LogKind.INCIDENT,
        occurred_at=alert.raised_at,
        site_id=alert.site_id,
        subject_type=ALERT,
        subject_id=alert.pk,
        codes={"origin": alert.origin, "end": ""},
    )


@transaction.atomic
def answer_alert(*, actor: Actor, alert_id: uuid.UUID, kind: str = AnswerKind.VU) -> Alert:
    """« Vu », or « Je m’en occupe », which stops the on-call chain. Twice changes nothing."""
    require(actor, "safety.answer")
    alert = _held(actor, alert_id)
    if alert.author_id == actor.member_id:
        raise InvalidInput({"kind": ["Cette alerte est la vôtre : ce sont les autres qui y répondent."]})
    answer, new = AlertAnswer.objects.get_or_create(
        alert=alert, member_id=member_of(actor), defaults={"kind": AnswerKind(kind)}
    )
    takes = kind == AnswerKind.CHARGE
    if not new and (answer.kind == kind or not takes):
        return alert
    if takes:
        AlertAnswer.objects.filter(pk=answer.pk).update(kind=kind, at=now())
        if alert.taken_at is None:
            alert.taken_at, alert.taken_by_id, alert.next_call_at = now(), member_of(actor), None
    _told(actor, alert)
    publish(AlertAnswered(actor=actor, target_id=alert.pk, codes={"kind": kind}))
    return alert


@transaction.atomic
def close_alert(*, actor: Actor, alert_id: uuid.UUID, end: str) -> Alert:
    """Say how it ended; the chain stops. Closing twice changes nothing. Raises InvalidInput (``end``)."""
    require(actor, "safety.answer")
    alert = _held(actor, alert_id)
    if end not in AlertEnd:
        raise InvalidInput({"end": ["Dites comment l’alerte a pris fin : c’est ce que les autres liront."]})
    if not alert.is_open:
        return alert
    alert.closed_at, alert.closed_by_id, alert.end, alert.next_call_at = now(), member_of(actor), end, None
    _told(actor, alert, codes={"origin": alert.origin, "end": end})
    publish(AlertClosed(actor=actor, target_id=alert.pk, codes={"end": end}))
    return alert


def _held(actor: Actor, alert_id: uuid.UUID) -> Alert:
    """The alert, locked until the end of the transaction; NotFound when it is not the actor's to see."""
    get_alert(actor, alert_id)
    return Alert.objects.select_for_update().get(pk=alert_id)


def _told(actor: Actor, alert: Alert, **changes: Any) -> None:
    """Save, and let the open pages know."""
    alert.revision = F("revision") + 1
    alert.save()
    alert.refresh_from_db(fields=["revision"])
    update_log_entry(actor=actor, subject_type=ALERT, subject_id=alert.pk, **changes)
