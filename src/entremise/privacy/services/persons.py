"""Opening and correcting the fiche of a followed person; the trace of who read it."""

import datetime as dt
import uuid
from dataclasses import asdict
from typing import Any

from django.db import transaction

from entremise.core import crypto
from entremise.core.actor import Actor
from entremise.core.db import get_one
from entremise.core.errors import FORM, Conflict, InvalidInput
from entremise.core.permissions import require
from entremise.core.time import today
from entremise.journal.services import publish
from entremise.privacy.commands import PersonFacts
from entremise.privacy.enums import ContactWay, Purpose
from entremise.privacy.events import PersonCorrected, PersonOpened, PersonRead
from entremise.privacy.models import Person
from entremise.privacy.queries.agreements import AgreementState, states_of
from entremise.privacy.queries.persons import facts_of, name_mark
from entremise.privacy.services.corrections import remember
from entremise.privacy.services.person_checks import checked
from entremise.privacy.services.references import next_reference

RESTRICTED = (
    "Le traitement de cette fiche est limité à la demande de la personne : on la garde, on ne s’en sert pas. "
    "Voyez le délégué à la protection des données."
)

WITHDRAWN = (
    "Cette personne a retiré son accord pour être suivie : aucune date n’est plus prévue pour la revoir. "
    "Si elle revient, notez d’abord son nouvel accord."
)


@transaction.atomic
def open_person(*, actor: Actor, facts: PersonFacts) -> Person:
    """Open the fiche of a person, with a fresh reference. Raises NotAllowed, InvalidInput."""
    require(actor, "privacy.use_persons")
    facts = checked(actor, facts)
    assert actor.member_id is not None  # who follows persons belongs to a team
    person = Person(
        organisation_id=actor.organisation_id,
        reference=next_reference(actor.organisation_id),
        opened_by_id=actor.member_id,
        last_contact_on=today(),
    )
    _apply(person, facts)
    person.save(force_insert=True)
    publish(PersonOpened(actor=actor, target_id=person.pk, codes={"team": str(person.team_id)}))
    return person


@transaction.atomic
def correct_person(*, actor: Actor, person_id: uuid.UUID, facts: PersonFacts, base_version: int) -> Person:
    """Replace what the fiche holds; the same facts change nothing.

    Raises NotFound, NotAllowed, InvalidInput, or Conflict when the fiche changed since ``base_version``.
    """
    person = held_person(actor, person_id)
    refuse_restricted(person)
    before = facts_of(person)
    if facts.team_id != person.team_id:
        raise InvalidInput({"team_id": ["Une fiche ne change pas d’équipe."]})
    facts = checked(actor, facts, before)
    if facts.see_again_on not in (None, before.see_again_on):
        _refuse_unwanted(person)
    marks = _marks(person, asdict(before), asdict(_settled(facts)))
    if not marks:
        return person
    if person.version != base_version:
        raise Conflict("the fiche changed since it was read")
    _apply(person, facts)
    person.version += 1
    person.save()
    remember(actor, person, asdict(before), asdict(_settled(facts)))
    codes = {"version": person.version, "fields": sorted(marks)}
    publish(PersonCorrected(actor=actor, target_id=person.pk, codes=codes, changes=marks))
    return person


@transaction.atomic
def record_reading(*, actor: Actor, person: Person) -> None:
    """Leave the trace that this person's file was opened, and by which function."""
    publish(PersonRead(actor=actor, target_id=person.pk))


@transaction.atomic
def note_contact(*, actor: Actor, person_id: uuid.UUID, on: dt.date) -> None:
    """Move the date of the last contact forward, never back, nor into the future; retention counts from it.

    For modules that follow a person: the person must be of the actor's organisation, else nothing changes.
    """
    people = Person.objects.filter(pk=person_id, organisation_id=actor.organisation_id, erased_at=None)
    people.filter(last_contact_on__lt=min(on, today())).update(last_contact_on=min(on, today()))


def held_person(actor: Actor, person_id: uuid.UUID) -> Person:
    """The person, locked until the end of the transaction; NotFound when the actor's teams do not follow them."""
    person = get_one(Person.objects.visible_to(actor).select_for_update().filter(pk=person_id))
    require(actor, "privacy.use_persons", person)
    return person


def refuse_restricted(person: Person) -> None:
    """InvalidInput when the person asked that their data be kept but not used."""
    if person.restricted_at is not None:
        raise InvalidInput({FORM: [RESTRICTED]})


def _refuse_unwanted(person: Person) -> None:
    """InvalidInput when the person took back their agreement to be followed: nobody plans to see them again."""
    if states_of([person.pk], Purpose.SUIVI)[person.pk] == AgreementState.WITHDRAWN:
        raise InvalidInput({"see_again_on": [WITHDRAWN]})


def _settled(facts: PersonFacts) -> PersonFacts:
    """A watched phone without another way means: meet them."""
    if facts.phone_watched and not facts.contact_way:
        return PersonFacts(**(asdict(facts) | {"contact_way": ContactWay.EN_PERSONNE.value}))
    return facts


def _apply(person: Person, facts: PersonFacts) -> None:
    for name, value in asdict(_settled(facts)).items():
        setattr(person, name, list(value) if isinstance(value, tuple) else value)
    person.name_mark = name_mark(person.organisation_id, facts.name)


def _marks(person: Person, before: dict[str, Any], after: dict[str, Any]) -> dict[str, tuple[str, str]]:
    """Fingerprints, under the person's own key, of what changes."""
    changed = [name for name in after if before[name] != after[name]]
    scope = person.encryption_scope()

    def mark(name: str, value: Any) -> str:
        return crypto.fingerprint(scope, f"{person.pk}:{name}:{value!r}", "person")

    return {name: (mark(name, before[name]), mark(name, after[name])) for name in changed}
