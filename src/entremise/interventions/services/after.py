"""What follows an act: going back to the place, and what the team decides to do."""

import datetime as dt
import uuid

from django.db import transaction

from entremise.accounts.queries import list_members
from entremise.core.actor import Actor
from entremise.core.db import get_one
from entremise.core.errors import InvalidInput, NotAllowed, NotFound
from entremise.core.nomenclature import national
from entremise.core.permissions import require
from entremise.core.time import local, now, today
from entremise.interventions.commands import ActContent
from entremise.interventions.enums import ActionOrigin, FollowUp, Visibility, VisitDone
from entremise.interventions.events import (
    ReturnVisitDone,
    ReturnVisitPlanned,
    TeamActionDone,
    TeamActionOpened,
)
from entremise.interventions.models import Intervention, ReturnVisit, TeamAction
from entremise.interventions.presets import CONFLICT_REGISTERS
from entremise.interventions.queries.lists import get_intervention
from entremise.interventions.services.anonymity import identifying
from entremise.interventions.services.texts import clean
from entremise.journal.services import publish
from entremise.places.queries import get_site
from entremise.presence.events import StopReached
from entremise.presence.queries import get_stop

ACTION_LENGTH = 300  # characters
FARTHEST = dt.timedelta(days=366)
KEPT_APART = "Seuls ses auteurs lisent cette fiche : un repassage la dirait à l’équipe."


@transaction.atomic
def plan_return(*, actor: Actor, intervention_id: uuid.UUID) -> ReturnVisit:
    """Go back to the place of an act the day after it, or today when that day has passed. Twice changes nothing."""
    act = get_intervention(actor, intervention_id)
    require(actor, "interventions.use_thread", act)
    if act.visibility == Visibility.AUTEURS:
        raise InvalidInput({"__all__": [KEPT_APART]})
    return _plan(actor, act)


def _plan(actor: Actor, act: Intervention) -> ReturnVisit:
    assert actor.member_id is not None  # who plans belongs to a team
    due = max(local(act.occurred_at).date() + dt.timedelta(days=1), today())
    facts = {"organisation_id": act.organisation_id, "team_id": act.team_id, "site_id": act.site_id}
    visit, new = ReturnVisit.objects.get_or_create(
        act=act, defaults={**facts, "due_on": due, "planned_by_id": actor.member_id}
    )
    if new:
        publish(ReturnVisitPlanned(actor=actor, target_id=act.pk, codes={"on": due.isoformat()}))
    return visit


def plan_when_asked(actor: Actor, act: Intervention, content: ActContent) -> None:
    """« Repasser » ticked on a conflict is a dated visit, whichever door the act came through."""
    asked = FollowUp.REPASSAGE in {national(code) for code in content.follow_ups}
    conflict = not CONFLICT_REGISTERS.isdisjoint(national(code) for code in content.registers)
    if asked and conflict and act.visibility != Visibility.AUTEURS:
        _plan(actor, act)


@transaction.atomic
def lift_return(*, actor: Actor, visit_id: uuid.UUID) -> ReturnVisit:
    """The team will not go back after all. Raises NotFound for a visit of other teams."""
    visit = get_one(ReturnVisit.objects.visible_to(actor).select_for_update().filter(pk=visit_id))
    require(actor, "interventions.use_thread", visit)
    if visit.done_at is None:
        _done(actor, visit, VisitDone.LEVE, now())
    return visit


def seen_again(event: StopReached) -> None:
    """A stop at the place, on the day or later, is the visit."""
    stop = get_stop(event.actor, event.target_id)
    _visits_done(event.actor, stop.site_id, stop.round.team_id, stop.arrived_at, VisitDone.PASSAGE)


def noted_again(actor: Actor, act: Intervention) -> None:
    """So is another act at the place."""
    _visits_done(actor, act.site_id, act.team_id, act.occurred_at, VisitDone.ACTE, except_of=act.pk)


def _visits_done(
    actor: Actor,
    site_id: uuid.UUID,
    team_id: uuid.UUID,
    at: dt.datetime,
    how: VisitDone,
    except_of: uuid.UUID | None = None,
) -> None:
    waiting = ReturnVisit.objects.filter(
        organisation_id=actor.organisation_id,
        site_id=site_id,
        team_id=team_id,
        done_at=None,
        due_on__lte=local(at).date(),
    )
    others = waiting.exclude(act_id=except_of) if except_of else waiting
    for visit in others.select_for_update():
        _done(actor, visit, how, at)


def _done(actor: Actor, visit: ReturnVisit, how: VisitDone, at: dt.datetime) -> None:
    visit.done_at, visit.done_how = at, how
    visit.save(update_fields=["done_at", "done_how"])
    publish(ReturnVisitDone(actor=actor, target_id=visit.act_id, codes={"how": how}))


@transaction.atomic
def open_action(
    *,
    actor: Actor,
    team_id: uuid.UUID,
    text: str,
    owner_id: uuid.UUID | None,
    due_on: dt.date | None,
    origin: str = ActionOrigin.AUTRE,
    site_id: uuid.UUID | None = None,
    conflict_object: str = "",
) -> TeamAction:
    """Write down what the team will do, who sees to it and by when; the whole team reads it, so it names nobody.

    Raises InvalidInput (text, owner_id, due_on), NotFound (team or place of others).
    """
    require(actor, "interventions.record")
    if team_id not in actor.team_ids:
        raise NotFound("team")
    text = clean(text)
    _check_action(actor, team_id, text, owner_id, due_on)
    assert owner_id is not None
    assert due_on is not None
    assert actor.member_id is not None  # who opens one belongs to the team
    action = TeamAction.objects.create(
        organisation_id=actor.organisation_id,
        team_id=team_id,
        text=text,
        origin=ActionOrigin(origin),
        site_id=get_site(actor, site_id).pk if site_id else None,
        conflict_object=conflict_object,
        owner_id=owner_id,
        due_on=due_on,
        opened_by_id=actor.member_id,
    )
    publish(TeamActionOpened(actor=actor, target_id=action.pk, codes={"origin": action.origin}))
    return action


def _check_action(
    actor: Actor, team_id: uuid.UUID, text: str, owner_id: uuid.UUID | None, due_on: dt.date | None
) -> None:
    errors: dict[str, list[str]] = {}
    if not text:
        errors["text"] = ["Écrivez l’action en une phrase : quoi, avec qui."]
    elif len(text) > ACTION_LENGTH:
        errors["text"] = [f"Gardez une phrase : {ACTION_LENGTH} caractères au plus."]
    elif identifying(text):
        errors["text"] = ["Toute l’équipe lira cette phrase. Retirez ce qui désigne quelqu’un : nom, numéro, adresse."]
    if owner_id is None or not list_members(actor, team_ids=[team_id]).filter(pk=owner_id).exists():
        errors["owner_id"] = ["Choisissez quelqu’un de l’équipe."]
    if due_on is None or not today() <= due_on <= today() + FARTHEST:
        errors["due_on"] = ["Choisissez une date entre aujourd’hui et dans un an."]
    if errors:
        raise InvalidInput(errors)


@transaction.atomic
def finish_action(*, actor: Actor, action_id: uuid.UUID) -> TeamAction:
    """« Faite », said by anyone of the team. Twice changes nothing. Raises NotFound."""
    require(actor, "interventions.record")
    action = get_one(TeamAction.objects.visible_to(actor).select_for_update().filter(pk=action_id))
    if actor.member_id is None:
        raise NotAllowed("interventions.record")
    if action.done_at is None:
        action.done_at, action.done_by_id = now(), actor.member_id
        action.save(update_fields=["done_at", "done_by"])
        publish(TeamActionDone(actor=actor, target_id=action.pk))
    return action
