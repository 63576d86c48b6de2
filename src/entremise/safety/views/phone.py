"""What the phone asks while it has network: an alert, a timer. JSON with the notebook's mark, so that the page of a
captive portal is never taken for an answer. None of this waits in the phone's queue: late, it would lie.
"""

import json
import uuid
from typing import Any

from django.http import HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.views.decorators.http import require_GET, require_POST

from entremise.accounts.queries import member_names
from entremise.core.errors import InvalidInput, NotFound
from entremise.core.http import Request
from entremise.core.permissions import require
from entremise.safety import queries, services
from entremise.safety.enums import TimerState
from entremise.safety.models import Alert, PresenceTimer

MARKER = "entremise-securite/1"


def _answer(status: int = 200, **facts: Any) -> JsonResponse:
    response = JsonResponse({"marker": MARKER, **facts}, status=status)
    response["Cache-Control"] = "no-store"
    return response


def _asked(request: Request) -> dict[str, Any]:
    """The JSON of a phone; anything else is an empty request."""
    try:
        found = json.loads(request.body)
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}


def _uuid(value: Any) -> uuid.UUID | None:
    """An identifier; None for nothing. What is no identifier names nothing of ours."""
    if value in (None, ""):
        return None
    try:
        return uuid.UUID(str(value))
    except ValueError:
        raise NotFound("identifier")


def _timer(timer: PresenceTimer | None) -> dict[str, Any] | None:
    """As its member may read it: whichever code ended it."""
    if timer is None or timer.state == TimerState.TERMINE:
        return None
    return {"id": str(timer.pk), "state": timer.state.value, "due_at": timer.due_at.isoformat()}


def _alert(alert: Alert) -> dict[str, Any]:
    answers = queries.answers_of([alert])[alert.pk]
    names = member_names({one.member_id for one in answers} | ({alert.taken_by_id} if alert.taken_by_id else set()))
    return {
        "id": str(alert.pk),
        "raised_at": alert.raised_at.isoformat(),
        "seen": [names[one.member_id] for one in answers],
        "taken_by": names.get(alert.taken_by_id, "") if alert.taken_by_id else "",
        "closed": not alert.is_open,
    }


@require_GET
def state(request: Request) -> HttpResponse:
    """The token to write with, and one's own timer."""
    require(request.actor, "safety.alert")
    return _answer(csrf=get_token(request), timer=_timer(queries.current_timer(request.actor)))


@require_POST
def give(request: Request) -> HttpResponse:
    """An alert, sent as many times as it takes: its identifier makes it one."""
    asked = _asked(request)
    alert = services.raise_alert(
        actor=request.actor,
        team_id=_uuid(asked.get("team_id")),
        site_id=_uuid(asked.get("site_id")),
        pk=_uuid(asked.get("id")),
    )
    return _answer(alert=_alert(alert))


@require_GET
def alert_state(request: Request, alert_id: uuid.UUID) -> HttpResponse:
    """Who saw it, whether somebody sees to it."""
    require(request.actor, "safety.answer")
    return _answer(alert=_alert(queries.get_alert(request.actor, alert_id)))


@require_POST
def arm(request: Request) -> HttpResponse:
    """Ask for a timer: the answer says « attente » until a worker has taken it in."""
    asked = _asked(request)
    place = {"team_id": _uuid(asked.get("team_id")), "site_id": _uuid(asked.get("site_id"))}
    return _timer_answer(
        lambda: services.arm_timer(actor=request.actor, minutes=_minutes(asked), pk=_uuid(asked.get("id")), **place)
    )


@require_POST
def prolong(request: Request, timer_id: uuid.UUID) -> HttpResponse:
    """More time, from now."""
    minutes = _minutes(_asked(request))
    return _timer_answer(lambda: services.prolong_timer(actor=request.actor, timer_id=timer_id, minutes=minutes))


@require_POST
def end(request: Request, timer_id: uuid.UUID) -> HttpResponse:
    """« Tout va bien »: the same answer for both codes."""
    code = str(_asked(request).get("code", ""))[:20]
    return _timer_answer(lambda: services.end_timer(actor=request.actor, timer_id=timer_id, code=code))


def _minutes(asked: dict[str, Any]) -> int:
    minutes = asked.get("minutes")
    return minutes if isinstance(minutes, int) else 0


def _timer_answer(write: Any) -> HttpResponse:
    try:
        return _answer(timer=_timer(write()))
    except InvalidInput as refusal:
        return _answer(422, errors=[sentence for found in refusal.errors.values() for sentence in found])
