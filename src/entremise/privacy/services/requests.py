"""The life of a request: noted, taken, matched with a person, checked, extended, answered."""

import datetime as dt
import uuid
from dataclasses import dataclass

from django.db import transaction

from entremise.core.actor import Actor
from entremise.core.db import get_one
from entremise.core.errors import FORM, InvalidInput, NotFound
from entremise.core.permissions import can, require
from entremise.core.time import today
from entremise.documents.services import erase_files_about
from entremise.journal.services import publish
from entremise.privacy import events
from entremise.privacy.deadlines import answer_by
from entremise.privacy.enums import (
    ExtensionReason,
    IdentityCheck,
    PersonMatch,
    RefusalGround,
    RequestChannel,
    RequestKind,
    RequestOutcome,
    RequestStatus,
)
from entremise.privacy.models import DataRequest
from entremise.privacy.queries.requests import find_person, get_followed
from entremise.privacy.services.texts import clean, too_long

WORDS_LENGTH, REPLY_LENGTH = 2000, 300
OLDEST = dt.timedelta(days=366)
NEEDS_GROUND = (RequestOutcome.REFUSEE, RequestOutcome.PARTIELLE)
UNCHECKED = "Dites d’abord comment l’identité de la personne a été vérifiée."
Errors = dict[str, list[str]]


@dataclass(frozen=True, kw_only=True)
class RequestFacts:
    """What is noted when someone asks. ``person_id`` when the one who notes already knows the fiche."""

    kind: str
    received_on: dt.date
    channel: str
    words: str = ""
    reply_to: str = ""
    person_id: uuid.UUID | None = None


@dataclass(frozen=True, kw_only=True)
class Answer:
    """What was answered; ``ground`` for a refusal or a partial answer."""

    outcome: str
    ground: str = ""
    words: str = ""
    answered_on: dt.date | None = None


@transaction.atomic
def record_request(*, actor: Actor, facts: RequestFacts) -> DataRequest:
    """Note a request: the clock runs from the day it was received, whoever received it.

    A mediator who notes it for a person of their team may name the fiche; the identity is then known to them.
    """
    require(actor, "privacy.record_request")
    words, reply_to = clean(facts.words), clean(facts.reply_to)
    errors = _faults(facts, words, reply_to)
    if errors:
        raise InvalidInput(errors)
    person = get_followed(actor, facts.person_id) if facts.person_id else None
    assert actor.member_id is not None  # who notes requests belongs to the organisation
    request = DataRequest(
        organisation_id=actor.organisation_id,
        kind=facts.kind,
        match=PersonMatch.TROUVEE if person else PersonMatch.A_RECHERCHER,
        person=person,
        received_on=facts.received_on,
        channel=facts.channel,
        words=words,
        reply_to=reply_to,
        due_on=answer_by(facts.received_on),
        recorded_by_id=actor.member_id,
    )
    if person is not None and not can(actor, "privacy.answer_requests"):
        request.identity, request.identity_on = IdentityCheck.RECONNUE, facts.received_on
    request.save(force_insert=True)
    codes = {"kind": request.kind, "channel": request.channel, "due": request.due_on.isoformat()}
    publish(events.RequestRecorded(actor=actor, target_id=request.pk, codes=codes))
    return request


@transaction.atomic
def take_request(*, actor: Actor, request_id: uuid.UUID) -> DataRequest:
    """Say who answers it."""
    request = held(actor, request_id)
    request.handled_by_id, request.status = actor.member_id, RequestStatus.EN_COURS
    request.save(update_fields=["handled_by", "status"])
    publish(events.RequestTaken(actor=actor, target_id=request.pk))
    return request


@transaction.atomic
def match_person(*, actor: Actor, request_id: uuid.UUID, reference: str) -> DataRequest:
    """Attach the fiche of the one who asks, or say they are in no file (empty reference).

    The words of the request pass under the person's own key, so that they vanish with them. Attached to another fiche
    by mistake, it is attached again: nothing prepared from the wrong one is left.
    """
    request = held(actor, request_id)
    words, reply_to = request.words, request.reply_to  # opened under the present key before the key changes
    before = request.person_id
    person = None
    if reference.strip():
        person = find_person(actor, reference)
        if person is None:
            raise InvalidInput(
                {"reference": ["Aucune fiche ne porte cette référence. Vérifiez-la auprès de l’équipe."]}
            )
    request.person = person
    request.match = PersonMatch.TROUVEE if person else PersonMatch.INCONNUE
    request.words, request.reply_to = words, reply_to
    if before is not None and before != request.person_id:
        _forget_match(request, actor)
    request.save()
    publish(events.RequestMatched(actor=actor, target_id=request.pk, codes={"match": request.match}))
    return request


def _forget_match(request: DataRequest, actor: Actor) -> None:
    """It was somebody else's fiche: the copies made from it go, and the identity is checked again."""
    erase_files_about(actor=actor, subject_ids=[request.pk])
    request.identity, request.identity_on = IdentityCheck.A_FAIRE, None


@transaction.atomic
def check_identity(*, actor: Actor, request_id: uuid.UUID, how: str) -> DataRequest:
    """Say how the identity was checked; no document is kept."""
    request = held(actor, request_id)
    if how not in IdentityCheck.values:
        raise InvalidInput({"identity": ["Choisissez dans la liste."]})
    request.identity = how
    request.identity_on = None if how == IdentityCheck.A_FAIRE else today()
    request.save(update_fields=["identity", "identity_on"])
    publish(events.IdentityChecked(actor=actor, target_id=request.pk, codes={"how": how}))
    return request


@transaction.atomic
def extend_request(*, actor: Actor, request_id: uuid.UUID, reason: str, told: bool) -> DataRequest:
    """Two months more (article 12.3), once, within the first month, the person told why."""
    request = held(actor, request_id)
    errors: Errors = {}
    if request.extended_on is not None:
        errors[FORM] = ["Ce délai a déjà été prolongé : il ne peut pas l’être deux fois."]
    elif request.due_on < today():
        errors[FORM] = ["Le premier mois est passé : répondez sans attendre, le délai ne se prolonge plus."]
    if reason not in ExtensionReason.values:
        errors["reason"] = ["Choisissez la raison de la prolongation."]
    if not told:
        errors["told"] = ["Prévenez d’abord la personne, avec la raison, puis cochez cette case."]
    if errors:
        raise InvalidInput(errors)
    request.extended_on, request.extension_reason = today(), reason
    request.due_on = answer_by(request.received_on, extended=True)
    request.save(update_fields=["extended_on", "extension_reason", "due_on"])
    codes = {"reason": reason, "due": request.due_on.isoformat()}
    publish(events.RequestExtended(actor=actor, target_id=request.pk, codes=codes))
    return request


@transaction.atomic
def answer_request(*, actor: Actor, request_id: uuid.UUID, answer: Answer) -> DataRequest:
    """Close a request with its answer. A refusal says its ground; an acceptance supposes the identity checked."""
    request = held(actor, request_id)
    words = clean(answer.words)
    on = answer.answered_on or today()
    errors = _answer_faults(request, answer, words, on)
    if errors:
        raise InvalidInput(errors)
    if request.person is None or request.person.erased_at is None:  # nothing new is sealed for an erased person
        request.answer = words
    close(request, actor, answer.outcome, answer.ground if answer.outcome in NEEDS_GROUND else "", on)
    return request


def close(request: DataRequest, actor: Actor, outcome: str, ground: str = "", on: dt.date | None = None) -> None:
    """Save a request as answered; in the caller's transaction."""
    request.status, request.outcome, request.refusal_ground = RequestStatus.CLOSE, outcome, ground
    request.answered_on = on or today()
    request.handled_by_id = request.handled_by_id or actor.member_id
    request.save()
    codes = {"outcome": outcome, "ground": ground, "days_left": request.days_left}
    publish(events.RequestAnswered(actor=actor, target_id=request.pk, codes=codes))


def held(actor: Actor, request_id: uuid.UUID, *kinds: str, answered: bool = False) -> DataRequest:
    """An open request, locked, that the actor answers; NotFound for any other, InvalidInput once answered.

    ``answered``: one that was answered will do too.
    """
    # "of" leaves the person alone: PostgreSQL does not lock the outer side of a join.
    found = DataRequest.objects.visible_to(actor).select_for_update(of=("self",)).select_related("person")
    request = get_one(found.filter(pk=request_id))
    require(actor, "privacy.answer_requests")
    if kinds and request.kind not in kinds:
        raise NotFound("request")
    if not (request.is_open or answered):
        raise InvalidInput({FORM: ["Cette demande est déjà répondue : elle ne change plus."]})
    return request


def _faults(facts: RequestFacts, words: str, reply_to: str) -> Errors:
    errors: Errors = {}
    if facts.kind not in RequestKind.values:
        errors["kind"] = ["Choisissez ce que la personne demande."]
    if facts.channel not in RequestChannel.values:
        errors["channel"] = ["Choisissez comment la demande est arrivée."]
    if facts.received_on > today():
        errors["received_on"] = ["Ce jour n’est pas encore venu. Notez le jour où la demande est arrivée."]
    elif facts.received_on < today() - OLDEST:
        errors["received_on"] = ["Ce jour date de plus d’un an. Vérifiez la date."]
    for name, text, limit in (("words", words, WORDS_LENGTH), ("reply_to", reply_to, REPLY_LENGTH)):
        if refusal := too_long(text, limit):
            errors[name] = [refusal]
    return errors


def _answer_faults(request: DataRequest, answer: Answer, words: str, on: dt.date) -> Errors:
    errors: Errors = {}
    if answer.outcome not in RequestOutcome.values:
        errors["outcome"] = ["Choisissez ce qui a été répondu."]
    if answer.outcome in NEEDS_GROUND and answer.ground not in RefusalGround.values:
        errors["ground"] = ["Dites sur quel article repose le refus, même partiel."]
    given = answer.outcome in (RequestOutcome.ACCEPTEE, RequestOutcome.PARTIELLE)
    if given and request.match != PersonMatch.TROUVEE:
        errors["outcome"] = ["Rattachez d’abord la fiche de la personne, ou répondez qu’elle est inconnue."]
    elif given and request.identity == IdentityCheck.A_FAIRE:
        errors["outcome"] = [UNCHECKED]
    if answer.outcome == RequestOutcome.SANS_DONNEES and request.match != PersonMatch.INCONNUE:
        errors["outcome"] = ["Dites d’abord que la personne est inconnue de nos fichiers."]
    if not request.received_on <= on <= today():
        errors["answered_on"] = ["Choisissez un jour entre la réception et aujourd’hui."]
    if refusal := too_long(words, WORDS_LENGTH):
        errors["words"] = [refusal]
    return errors
