"""Erasing at the person's own request: what goes, what stays, and the day no backup holds the key any more."""

import datetime as dt
import uuid
from dataclasses import dataclass

from django.db import transaction

from entremise.core.actor import Actor
from entremise.core.errors import FORM, InvalidInput, NotFound
from entremise.core.permissions import require
from entremise.core.time import local, now
from entremise.core.ui.formats import long_date
from entremise.keys.queries import lapses_on
from entremise.privacy.enums import ErasureGround, IdentityCheck, RequestKind, RequestOutcome
from entremise.privacy.models import DataRequest, Person
from entremise.privacy.queries.holds import held_persons
from entremise.privacy.queries.requests import get_request
from entremise.privacy.registry import parts
from entremise.privacy.services.erasure import erase_persons
from entremise.privacy.services.requests import UNCHECKED, close, held

ERASING = (RequestKind.EFFACEMENT, RequestKind.OPPOSITION)
HELD = (
    "Un gel pour un litige en cours interdit d’effacer cette fiche (RGPD, art. 17.3 e) : il est posé sur elle, ou sur "
    "ce qui la concerne. Répondez à la personne que la demande est refusée pour ce motif, ou levez d’abord le gel."
)


@dataclass(frozen=True)
class Line:
    """What one part holds of the person: how many records go, what stays."""

    label: str
    count: int
    stays: str


@dataclass(frozen=True)
class Preview:
    """What an erasure will do. ``refusal`` says in plain words why it cannot be done; empty otherwise."""

    request: DataRequest
    person: Person
    lines: list[Line]
    lapses_on: dt.date
    refusal: str = ""

    @property
    def is_held(self) -> bool:
        """True when a legal hold is what refuses."""
        return self.refusal == HELD


def preview_erasure(actor: Actor, request_id: uuid.UUID) -> Preview:
    """What will be erased and what stays as figures; nothing is changed."""
    request = get_request(actor, request_id)
    require(actor, "privacy.answer_requests")
    if request.person is None or request.kind not in ERASING:
        raise NotFound("request")
    person = request.person
    counted = [(one, sum(1 for _ in one.collect(person.pk))) for one in parts()] if person.erased_at is None else []
    lines = [Line(one.label, count, one.stays) for one, count in counted if count]
    return Preview(request, person, lines, backups_lapse_on(person.erased_at or now()), _refusal(request, person))


def erase_on_request(*, actor: Actor, request_id: uuid.UUID, typed: str) -> DataRequest:
    """Erase the person of this request, then answer it. ``typed``: their reference, as a last look before.

    Raises InvalidInput when the reference is not theirs, under a legal hold, when already erased, identity unchecked.
    """
    with transaction.atomic():
        request = held(actor, request_id, *ERASING)
        person = request.person
        if person is None:
            raise NotFound("person")
        if refusal := _refusal(request, person):
            raise InvalidInput({FORM: [refusal]})
        if "".join(typed.split()).casefold() != person.reference.casefold():
            raise InvalidInput({"reference": [f"Pour confirmer, écrivez la référence : {person.reference}."]})
        person_id = person.pk
    ground = ErasureGround.OPPOSITION if request.kind == RequestKind.OPPOSITION else ErasureGround.DEMANDE
    erase_persons([person_id], actor=actor, ground=ground)
    with transaction.atomic():
        request = held(actor, request_id, *ERASING)
        close(request, actor, RequestOutcome.ACCEPTEE)
    return request


def backups_lapse_on(erased_at: dt.datetime) -> dt.date:
    """The day the last backup that may hold the destroyed key is gone."""
    return max(lapses_on(erased_at), local(erased_at).date())


def _refusal(request: DataRequest, person: Person) -> str:
    if person.erased_at is not None:
        return f"Cette personne est déjà effacée, depuis le {long_date(local(person.erased_at))}. Rien n’a été changé."
    if request.identity == IdentityCheck.A_FAIRE:
        return UNCHECKED
    return HELD if person.pk in held_persons(person.organisation_id) else ""
