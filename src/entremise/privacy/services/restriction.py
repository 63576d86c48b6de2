"""Keeping without using: restriction, its lifting, and opposition to being followed."""

import uuid

from django.db import transaction

from entremise.core.actor import Actor
from entremise.core.errors import FORM, InvalidInput, NotFound
from entremise.core.time import now
from entremise.journal.services import publish
from entremise.privacy import events
from entremise.privacy.enums import IdentityCheck, RequestKind, RequestOutcome
from entremise.privacy.models import DataRequest, Person
from entremise.privacy.services.requests import UNCHECKED, close, held

_OPPOSED = "Cette personne ne veut plus être suivie : sa fiche reste fermée jusqu’à son effacement."
RESTRICTING = (RequestKind.LIMITATION, RequestKind.OPPOSITION, RequestKind.RECTIFICATION)


@transaction.atomic
def restrict_person(*, actor: Actor, request_id: uuid.UUID) -> Person:
    """The fiche stays and shows as restricted; nothing is written to it until the restriction is lifted.

    Article 18: asked for itself, or while a correction or an opposition is looked into.
    """
    request = held(actor, request_id, *RESTRICTING)
    person = asked_about(request)
    if person.restricted_at is None:
        person.restricted_at = now()
        person.save(update_fields=["restricted_at"])
        publish(events.PersonRestricted(actor=actor, target_id=person.pk, codes={"request": str(request.pk)}))
    return person


@transaction.atomic
def lift_restriction(*, actor: Actor, request_id: uuid.UUID) -> Person:
    """The fiche may be used again; the person is told before (article 18.3). Mostly long after the answer.

    An accepted opposition is not taken back this way: the person asks to be followed again, on a new fiche.
    """
    request = held(actor, request_id, *RESTRICTING, answered=True)
    if request.kind == RequestKind.OPPOSITION and not request.is_open:
        raise InvalidInput({FORM: [_OPPOSED]})
    person = asked_about(request)
    if person.restricted_at is not None:
        person.restricted_at = None
        person.save(update_fields=["restricted_at"])
        publish(events.RestrictionLifted(actor=actor, target_id=person.pk, codes={"request": str(request.pk)}))
    return person


@transaction.atomic
def accept_opposition(*, actor: Actor, request_id: uuid.UUID) -> DataRequest:
    """The follow-up stops: the fiche is restricted, subscribers lift what was planned, the request is answered."""
    request = held(actor, request_id, RequestKind.OPPOSITION)
    person = restrict_person(actor=actor, request_id=request_id)
    if person.see_again_on is not None:
        person.see_again_on = None
        person.save(update_fields=["see_again_on"])
    publish(events.PersonOpposed(actor=actor, target_id=person.pk, codes={"request": str(request.pk)}))
    close(request, actor, RequestOutcome.ACCEPTEE)
    return request


def may_still_lift(request: DataRequest) -> bool:
    """An answered request whose person's fiche is still restricted, and not because they will not be followed."""
    person = request.person
    if request.is_open or person is None or person.erased_at is not None or request.kind not in RESTRICTING:
        return False
    return person.restricted_at is not None and request.kind != RequestKind.OPPOSITION


def asked_about(request: DataRequest) -> Person:
    """The person of a request whose identity was checked, locked; NotFound without one, InvalidInput when erased."""
    if request.person_id is None:
        raise NotFound("person")
    if request.identity == IdentityCheck.A_FAIRE:
        raise InvalidInput({FORM: [UNCHECKED]})
    person = Person.objects.select_for_update().get(pk=request.person_id)
    if person.erased_at is not None:
        raise InvalidInput({FORM: ["Cette personne est déjà effacée : il n’y a plus rien à changer."]})
    return person
