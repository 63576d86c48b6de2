"""Bodies that prepare candidates: named, given their accounts and their candidates."""

import uuid

from django.db import transaction

from entremise.accounts.enums import Role
from entremise.accounts.queries import get_member
from entremise.certification.events import PreparingBodyChanged
from entremise.certification.models import Preparation, PreparingBody, PreparingContact
from entremise.certification.services.candidates import held_candidate
from entremise.certification.services.texts import LINE, check_lengths, line
from entremise.core.actor import Actor
from entremise.core.db import get_one
from entremise.core.errors import InvalidInput
from entremise.core.permissions import require
from entremise.journal.services import publish


@transaction.atomic
def name_body(*, actor: Actor, name: str) -> PreparingBody:
    """Add a body; the one already known under this name is given back."""
    require(actor, "certification.manage")
    kept = line(name)
    if not kept:
        raise InvalidInput({"name": ["Écrivez le nom de l’organisme."]})
    check_lengths({"name": (kept, LINE)})
    body, _ = PreparingBody.objects.get_or_create(organisation_id=actor.organisation_id, name=kept)
    publish(PreparingBodyChanged(actor=actor, target_id=body.pk, codes={"what": "named"}))
    return body


@transaction.atomic
def attach_account(*, actor: Actor, body_id: uuid.UUID, member_id: uuid.UUID) -> PreparingContact:
    """Let an account read for a body. It leaves the one it read for before."""
    body = _held(actor, body_id)
    member = get_member(actor, member_id)
    if Role.PREPARATEUR not in member.roles:
        raise InvalidInput(
            {"member_id": ["Donnez d’abord à ce compte la fonction « organisme préparateur », depuis la page Membres."]}
        )
    contact, _ = PreparingContact.objects.update_or_create(member_id=member.pk, defaults={"body": body})
    publish(PreparingBodyChanged(actor=actor, target_id=body.pk, codes={"what": "account"}))
    return contact


@transaction.atomic
def detach_account(*, actor: Actor, body_id: uuid.UUID, member_id: uuid.UUID) -> None:
    """This account reads for that body no more; NotFound when it did not."""
    body = _held(actor, body_id)
    get_one(PreparingContact.objects.filter(body=body, member_id=member_id)).delete()
    publish(PreparingBodyChanged(actor=actor, target_id=body.pk, codes={"what": "account_left"}))


@transaction.atomic
def say_who_prepares(*, actor: Actor, candidate_id: uuid.UUID, body_id: uuid.UUID | None) -> Preparation | None:
    """A candidate is prepared by this body, and by it alone; by nobody when ``body_id`` is None."""
    require(actor, "certification.manage")
    candidate = held_candidate(actor, candidate_id)
    body = _held(actor, body_id) if body_id else None
    for former in Preparation.objects.filter(candidate=candidate).exclude(body=body):
        former.delete()
        publish(PreparingBodyChanged(actor=actor, target_id=former.body_id, codes={"what": "candidate_left"}))
    if body is None:
        return None
    found, _ = Preparation.objects.get_or_create(candidate=candidate, body=body)
    publish(PreparingBodyChanged(actor=actor, target_id=body.pk, codes={"what": "candidate"}))
    return found


def _held(actor: Actor, body_id: uuid.UUID) -> PreparingBody:
    require(actor, "certification.manage")
    return get_one(PreparingBody.objects.visible_to(actor).filter(pk=body_id))
