"""Arm a presence timer, prolong it, end it; raise the alarm when it runs out."""

import datetime as dt
import uuid

from django.db import transaction

from entremise.accounts.queries import member_actor
from entremise.core.actor import Actor
from entremise.core.db import get_one
from entremise.core.errors import InvalidInput, NotFound
from entremise.core.permissions import require
from entremise.core.time import now
from entremise.journal.services import publish
from entremise.safety.enums import AlertOrigin, CodeMeaning
from entremise.safety.events import TimerArmed, TimerEnded
from entremise.safety.models import PresenceTimer
from entremise.safety.services.alerts import raise_alert
from entremise.safety.services.chain import meaning_of
from entremise.safety.services.checks import member_of, own_site, own_team

SHORTEST, LONGEST = 5, 240  # minutes
WHOLE = dt.timedelta(hours=8)  # prolonged again and again, a timer watches nothing any more
TRIES = 3
WRONG = "Ce code n’est pas celui qui met fin au minuteur. Il court toujours."


@transaction.atomic
def arm_timer(
    *,
    actor: Actor,
    minutes: int,
    team_id: uuid.UUID | None = None,
    site_id: uuid.UUID | None = None,
    pk: uuid.UUID | None = None,
) -> PresenceTimer:
    """Ask for a timer. It is armed once a worker has taken it in (``watched``), not before.

    ``pk`` is the identifier a phone drew: sent twice, the same timer comes back. Raises InvalidInput (``minutes``).
    """
    team, site = own_team(actor, team_id), own_site(actor, site_id)
    known = PresenceTimer.objects.filter(pk=pk).first() if pk else None
    if known is not None:
        if known.member_id != actor.member_id:
            raise NotFound("timer")
        return known
    _check(minutes)
    if PresenceTimer.objects.visible_to(actor).running().exists():
        raise InvalidInput({"minutes": ["Un minuteur court déjà. Prolongez-le, ou mettez-y fin d’abord."]})
    present = now()
    timer = PresenceTimer(
        organisation_id=actor.organisation_id,
        team_id=team,
        member_id=member_of(actor),
        site_id=site,
        armed_at=present,
        due_at=present + dt.timedelta(minutes=minutes),
    )
    timer.pk = pk or timer.pk
    timer.save(force_insert=True)
    publish(TimerArmed(actor=actor, target_id=timer.pk, codes={"due_at": timer.due_at.isoformat()}))
    return timer


def _check(minutes: int) -> None:
    if not SHORTEST <= minutes <= LONGEST:
        raise InvalidInput({"minutes": [f"Entre {SHORTEST} et {LONGEST} minutes."]})


@transaction.atomic
def prolong_timer(*, actor: Actor, timer_id: uuid.UUID, minutes: int) -> PresenceTimer:
    """Push back the alarm, from now. Raises InvalidInput (``minutes``) once ended, run out, or beyond eight hours."""
    timer = _held(actor, timer_id)
    _check(minutes)
    if timer.ended_at or timer.fired_at:
        raise InvalidInput({"minutes": ["Ce minuteur ne court plus. Armez-en un autre."]})
    due = now() + dt.timedelta(minutes=minutes)
    if due - timer.armed_at > WHOLE:
        raise InvalidInput({"minutes": ["Au-delà de huit heures, mettez-y fin et armez-en un autre."]})
    timer.due_at, timer.watched_at, timer.wrong_codes = due, None, 0
    timer.save()
    publish(TimerArmed(actor=actor, target_id=timer.pk, codes={"due_at": due.isoformat()}))
    return timer


def watched(timer_id: uuid.UUID) -> PresenceTimer | None:
    """A worker has this timer in its queue: now it is armed. None when it no longer runs."""
    PresenceTimer.objects.running().filter(pk=timer_id, watched_at=None).update(watched_at=now())
    return PresenceTimer.objects.running().filter(pk=timer_id).first()


def end_timer(*, actor: Actor, timer_id: uuid.UUID, code: str = "") -> PresenceTimer:
    """« All is well ». The code of duress answers the same and raises the alarm; a wrong one is refused, and the third
    in a row raises the alarm without a word. Raises InvalidInput (``code``). Ending twice changes nothing.
    """
    require(actor, "safety.alert")
    with transaction.atomic():
        timer = _held(actor, timer_id)
        if timer.ended_at:
            return timer
        meaning = meaning_of(timer.member_id, code)
        if meaning == CodeMeaning.FAUX:
            _wrong(actor, timer)
        else:
            _end(actor, timer, meaning)
    if meaning == CodeMeaning.FAUX:  # outside: the count of tries is kept
        raise InvalidInput({"code": [WRONG]})
    return timer


def _wrong(actor: Actor, timer: PresenceTimer) -> None:
    timer.wrong_codes += 1
    timer.save(update_fields=["wrong_codes"])
    if timer.wrong_codes == TRIES:
        _alarm(actor, timer, AlertOrigin.CODES)


def _end(actor: Actor, timer: PresenceTimer, meaning: CodeMeaning) -> None:
    timer.ended_at = now()
    timer.save(update_fields=["ended_at"])
    publish(TimerEnded(actor=actor, target_id=timer.pk))
    if meaning == CodeMeaning.CONTRAINTE:
        _alarm(actor, timer, AlertOrigin.CONTRAINTE)


def _alarm(actor: Actor, timer: PresenceTimer, origin: AlertOrigin) -> None:
    raise_alert(actor=actor, team_id=timer.team_id, site_id=timer.site_id, origin=origin, timer_id=timer.pk)


@transaction.atomic
def fire_timer(timer_id: uuid.UUID) -> bool:
    """Raise the alarm of a timer whose hour has passed; False when it was ended, prolonged or already fired.

    The alarm is the member's: their team, their place. Someone who left meanwhile has no alarm to give.
    """
    timer = PresenceTimer.objects.select_for_update().running().filter(pk=timer_id, due_at__lte=now()).first()
    if timer is None:
        return False
    timer.fired_at = now()
    timer.save(update_fields=["fired_at"])
    actor = member_actor(timer.member_id, origin="task")
    if actor is None or timer.team_id not in actor.team_ids:
        return False
    _alarm(actor, timer, AlertOrigin.MINUTEUR)
    return True


def _held(actor: Actor, timer_id: uuid.UUID) -> PresenceTimer:
    """The actor's own timer, locked until the end of the transaction; NotFound otherwise."""
    require(actor, "safety.alert")
    return get_one(PresenceTimer.objects.visible_to(actor).select_for_update().filter(pk=timer_id))
