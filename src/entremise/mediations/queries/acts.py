"""What ties a mediation to the act it started from: told only to those who may read both."""

import uuid
from typing import Any

from entremise.accounts.queries import choices_for
from entremise.core.actor import Actor
from entremise.core.errors import NotFound
from entremise.core.time import local
from entremise.core.ui.formats import short_date
from entremise.interventions.queries import content_of, get_intervention
from entremise.mediations.models import Case
from entremise.places.queries import site_names

SHORT = 200  # characters that a party is known by


def cases_of_act(actor: Actor, act_id: uuid.UUID) -> list[Case]:
    """The mediations started from an act, for their mediators alone: nobody else learns what a mediation is about."""
    found = Case.objects.open_to(actor).filter(act_id=act_id).only("pk", "organisation_id", "opened_at")
    return list(found.order_by("opened_at", "pk"))


def act_of(actor: Actor, case: Case) -> Any:
    """The act that a case started from, when the actor may still read it; else None."""
    if case.act_id is None:
        return None
    try:
        return get_intervention(actor, case.act_id)
    except NotFound:
        return None


def saisine_of(actor: Actor, act: Any) -> dict[str, object]:
    """What the act already says of a saisine, to be read again before it is kept.

    The parties' words of a followed person are left out: they are sealed under that person's key and vanish with it.
    """
    content = content_of(act)
    lists = choices_for(actor.organisation_id, "L10", "L13")
    told = [lists["L13"].label(code) for code in content.conflict_objects]
    told = told or [lists["L10"].label(code) for code in content.demands]
    subject = f"{', '.join(told)}. " if told else ""
    day = local(act.occurred_at).date()
    where = site_names([act.site_id]).get(act.site_id, "")
    known: dict[str, object] = {"asked_on": day, "subject": f"{subject}{where}, le {short_date(day)}."}
    if content.origin:
        known["origin"] = content.origin
    if act.team_id in actor.team_ids:
        known["team_id"] = str(act.team_id)
    if act.sealed_for is None:
        known |= {"side_a": act.party_a[:SHORT], "side_b": act.party_b[:SHORT]}
    return known
