"""The list of followed persons as a spreadsheet: references and codes, never a name nor a way to reach anyone."""

from collections.abc import Iterator, Sequence
from itertools import islice
from typing import Any

from entremise.accounts.queries import list_teams
from entremise.core.actor import Actor
from entremise.documents.services import Column, Export, Params
from entremise.documents.tables import Kind
from entremise.intercultural.queries import language_names
from entremise.places.queries import commune_names
from entremise.privacy.enums import AgeBand, Purpose
from entremise.privacy.filters import PersonFilterForm
from entremise.privacy.queries.agreements import STATE_WORDS, states_of

EXPORT = "personnes"
CHUNK = 500
SEALED = ("name", "phone", "email", "address", "contact_note")
COLUMNS = (
    Column("Référence", width=11),
    Column("Équipe", width=24),
    Column("Année de naissance", Kind.NUMBER, 12),
    Column("Tranche d’âge", width=16),
    Column("Commune", width=24),
    Column("Langues parlées", width=28),
    Column("Langues lues", width=28),
    Column("Suivi", width=20),
    Column("Dernier contact", Kind.DATE, 14),
    Column("À revoir le", Kind.DATE, 14),
    Column("Suivie depuis", Kind.DATE, 14),
)
DEFINITIONS = (
    ("Référence", "L’année et un numéro. Elle ne dit rien de la personne."),
    ("Ce qui ne sort pas", "Les noms, les contacts et les précautions de contact."),
)


def count(actor: Actor, params: Params) -> int:
    """How many lines the export will have."""
    return PersonFilterForm(params, actor=actor).count()


def rows(actor: Actor, params: Params) -> Iterator[Sequence[Any]]:
    """The lines, read by packets."""
    teams = {team.pk: team.name for team in list_teams(actor, with_closed=True)}
    people = PersonFilterForm(params, actor=actor).listed().defer(*SEALED).iterator(chunk_size=CHUNK)
    while packet := list(islice(people, CHUNK)):
        communes = commune_names(person.commune_code for person in packet if person.commune_code)
        states = states_of([person.pk for person in packet], Purpose.SUIVI)
        for person in packet:
            yield (
                person.reference,
                teams.get(person.team_id, ""),
                person.birth_year,
                AgeBand(person.age_band).label if person.age_band else "",
                communes.get(person.commune_code, person.commune_code),
                ", ".join(language_names(person.speaks)),
                ", ".join(language_names(person.reads)),
                STATE_WORDS[states[person.pk]][1],
                person.last_contact_on,
                person.see_again_on,
                person.opened_at,
            )


export = Export("Personnes suivies", "privacy.use_persons", COLUMNS, rows, count, DEFINITIONS)
