"""Reads around a case: who is named, who waits for a second person, what was asked, who was warned."""

import uuid

from django.db.models import Q, QuerySet

from entremise.accounts.enums import Role
from entremise.core.actor import Actor
from entremise.core.db import get_one
from entremise.mediations.models import Case, CaseAlert, CaseMediator, Disclosure


def successions(actor: Actor) -> QuerySet[CaseMediator]:
    """Those who are named and wait for a second person: for the coordinators of the team, and the organisation's
    administrators and officers; never for whoever named them.
    """
    waiting = CaseMediator.objects.filter(
        organisation_id=actor.organisation_id, confirmed_at=None, left_at=None, case__closed_at=None
    )
    if not actor.has_role(Role.ADMINISTRATEUR, Role.DPD):
        waiting = waiting.filter(case__team_id__in=actor.team_ids)
    waiting = waiting.exclude(Q(named_by_id=actor.member_id) | Q(member_id=actor.member_id))
    return waiting.defer("link").select_related("case__team").order_by("named_at", "pk")


def get_succession(actor: Actor, place_id: uuid.UUID) -> CaseMediator:
    """A place that waits for the actor's word; NotFound for any other."""
    return get_one(successions(actor).filter(pk=place_id))


def invitations(actor: Actor) -> QuerySet[CaseMediator]:
    """The places that wait for the actor to say what ties them to the parties."""
    if actor.member_id is None:
        return CaseMediator.objects.none()
    mine = CaseMediator.objects.filter(organisation_id=actor.organisation_id, member_id=actor.member_id)
    waiting = mine.filter(confirmed_at__isnull=False, declared_at=None, left_at=None, case__closed_at=None)
    return waiting.select_related("case").order_by("named_at", "pk")


def get_invitation(actor: Actor, place_id: uuid.UUID) -> CaseMediator:
    """One of them; NotFound for any other."""
    return get_one(invitations(actor).filter(pk=place_id))


def alerts_of(actor: Actor) -> QuerySet[CaseAlert]:
    """What the actor was warned of and has not seen, in cases they conduct, the latest first."""
    return CaseAlert.objects.visible_to(actor).filter(member_id=actor.member_id, seen_at=None).select_related("case")


def disclosures_of(case: Case) -> list[Disclosure]:
    """The exceptions asked for in this case, the latest first."""
    return list(Disclosure.objects.filter(case=case).order_by("-asked_at", "-pk"))


def undecided(actor: Actor) -> QuerySet[Disclosure]:
    """The exceptions that wait for the actor, who supervises the team and did not ask for them."""
    if not actor.has_role(Role.ENCADRANT):
        return Disclosure.objects.none()
    waiting = Disclosure.objects.filter(organisation_id=actor.organisation_id, case__team_id__in=actor.team_ids)
    waiting = waiting.filter(decision="").exclude(asked_by_id=actor.member_id)
    return waiting.defer("words").select_related("case").order_by("asked_at", "pk")
