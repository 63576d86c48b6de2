"""Reads of followed persons."""

import datetime as dt
import re
import uuid
from collections.abc import Sequence
from dataclasses import dataclass, fields

from django.db.models import Q, QuerySet, TextField
from django.db.models.functions import Cast

from entremise.accounts.queries import list_teams
from entremise.core.actor import Actor
from entremise.core.db import get_one, open_together
from entremise.core.text import fold
from entremise.core.time import today
from entremise.intercultural.queries import language_names
from entremise.keys.services import lookup_hash
from entremise.places.queries import commune_names
from entremise.privacy.commands import PersonFacts
from entremise.privacy.enums import AgeBand, Purpose
from entremise.privacy.models import Person
from entremise.privacy.queries.agreements import states_of

SORTS = {
    "contact": ("last_contact_on", "pk"),
    "reference": ("opened_at", "pk"),
    "revoir": ("see_again_on", "pk"),
}
REFERENCE = re.compile(r"\s*(\d{2})\s*[-–/ ]\s*(\d{1,7})\s*")
DUE, AHEAD, NONE = "echu", "a_venir", "sans"
MANY = 200  # persons offered in a select
NEAR = 5  # near-duplicates shown
_MARK = 4  # signs: 65,536 groups, so that one name is lost among others


@dataclass(frozen=True, kw_only=True)
class PersonFilters:
    """What a list keeps; empty values keep everything. ``silent_days``: no contact since as many days."""

    reference: str = ""
    team_id: uuid.UUID | None = None
    language: str = ""
    again: str = ""
    silent_days: int = 0


def list_persons(actor: Actor, filters: PersonFilters | None = None) -> QuerySet[Person]:
    """The persons the actor's teams follow, the latest contact first."""
    filters = filters or PersonFilters()
    people = Person.objects.visible_to(actor)
    if filters.reference:
        people = people.filter(reference=filters.reference)
    if filters.team_id:
        people = people.filter(team_id=filters.team_id)
    if filters.language:
        people = _speaking(people, filters.language)
    if filters.silent_days:
        people = people.filter(last_contact_on__lte=today() - dt.timedelta(days=filters.silent_days))
    wanted = {
        DUE: Q(see_again_on__lte=today()),
        AHEAD: Q(see_again_on__gt=today()),
        NONE: Q(see_again_on=None),
    }
    return people.filter(wanted.get(filters.again, Q())).order_by("-last_contact_on", "-pk")


def _speaking(people: QuerySet[Person], code: str) -> QuerySet[Person]:
    """Both engines write a list as text with its codes between quotes; SQLite cannot look inside it otherwise."""
    spoken = people.annotate(spoken_text=Cast("speaks", TextField()), read_text=Cast("reads", TextField()))
    return spoken.filter(Q(spoken_text__contains=f'"{code}"') | Q(read_text__contains=f'"{code}"'))


def get_person(actor: Actor, person_id: uuid.UUID) -> Person:
    """A person one of the actor's teams follows; NotFound otherwise."""
    return get_one(Person.objects.visible_to(actor).select_related("team").filter(pk=person_id))


def read_reference(text: str) -> str:
    """``26-117`` from what a hand types ("26 117", "26/117"); empty when it is no reference."""
    typed = REFERENCE.fullmatch(text)
    return f"{typed[1]}-{int(typed[2])}" if typed else ""


def find_by_reference(actor: Actor, text: str) -> Person | None:
    """The person of a reference, among those the actor's teams follow."""
    reference = read_reference(text)
    return Person.objects.visible_to(actor).filter(reference=reference).first() if reference else None


def person_choices(actor: Actor, team_id: uuid.UUID) -> list[tuple[str, str]]:
    """Persons of a team for a select, the latest contact first: (identifier, "26-117, né·e en 1984"). No name."""
    people = list_persons(actor, PersonFilters(team_id=team_id)).filter(restricted_at=None)
    return [(str(person.pk), _short(person)) for person in people[:MANY]]


def _short(person: Person) -> str:
    age = age_label(person)
    return f"{person.reference}, {age[0].lower()}{age[1:]}" if age else person.reference


def due_persons(actor: Actor) -> QuerySet[Person]:
    """Persons to see again today or before, the oldest date first. A watched phone changes nothing here."""
    people = Person.objects.visible_to(actor).filter(see_again_on__lte=today())
    return people.order_by("see_again_on", "pk")


def facts_of(person: Person) -> PersonFacts:
    """The fiche as plain values: what a form shows, what a change is compared with."""
    values = {field.name: getattr(person, field.name) for field in fields(PersonFacts)}
    return PersonFacts(**(values | {"speaks": tuple(person.speaks), "reads": tuple(person.reads)}))


def age_label(person: Person) -> str:
    """ "Né·e en 1984", a band, or nothing."""
    if person.birth_year:
        return f"Né·e en {person.birth_year}"
    return AgeBand(person.age_band).label if person.age_band in AgeBand.values else ""


@dataclass(frozen=True)
class PersonLine:
    """A person as a list shows them, to the team that follows them."""

    person: Person
    name: str
    age: str
    commune: str
    speaks: str
    agreement: str  # AgreementState of "being followed"
    is_due: bool


def person_lines(people: Sequence[Person]) -> list[PersonLine]:
    """Lines in a constant number of queries, keys included: the store of keys is asked once for all the names."""
    open_together(people, "name")
    communes = commune_names(person.commune_code for person in people if person.commune_code)
    states = states_of([person.pk for person in people], Purpose.SUIVI)
    return [
        PersonLine(
            person=person,
            name=person.name,
            age=age_label(person),
            commune=communes.get(person.commune_code, person.commune_code),
            speaks=", ".join(language_names(person.speaks)),
            agreement=states[person.pk],
            is_due=person.see_again_on is not None and person.see_again_on <= today(),
        )
        for person in people
    ]


def name_mark(organisation_id: uuid.UUID, name: str) -> str:
    """Four signs that thousands of names share: where to look for the same name, whatever the order of its words."""
    words = " ".join(sorted(fold(name).split()))
    return lookup_hash(f"{organisation_id}:{words}", "person-name")[:_MARK] if words else ""


def near_duplicates(actor: Actor, facts: PersonFacts) -> list[Person]:
    """Persons who may be the same: same name, or same age and commune. Offered to a human eye, never merged alone."""
    people = Person.objects.visible_to(actor)
    found: dict[uuid.UUID, Person] = {}
    mark = name_mark(actor.organisation_id, facts.name)
    if mark:
        wanted = sorted(fold(facts.name).split())
        candidates = list(people.filter(name_mark=mark)[:MANY])
        open_together(candidates, "name")
        found |= {one.pk: one for one in candidates if sorted(fold(one.name).split()) == wanted}
    known_age = facts.birth_year is not None or facts.age_band not in ("", AgeBand.NON_COMMUNIQUE)
    if facts.commune_code and known_age:
        alike = people.filter(
            birth_year=facts.birth_year, age_band=facts.age_band, commune_code=facts.commune_code
        ).order_by("-last_contact_on", "-pk")
        found |= {one.pk: one for one in alike[:NEAR]}
    return list(found.values())[:NEAR]


def anonymous_team_ids(actor: Actor) -> set[uuid.UUID]:
    """Those of the actor's teams that keep neither name nor contact."""
    return {team.pk for team in list_teams(actor, own_only=True) if team.is_anonymous}
