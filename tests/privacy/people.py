"""Persons and agreements made through the services."""

from entremise.core.time import today
from entremise.privacy.commands import GiveAgreement, PersonFacts
from entremise.privacy.services import give_agreement, open_person


def facts(cast, **values) -> PersonFacts:
    """A fiche of the evening team: a reference and nothing else unless said."""
    values.setdefault("team_id", cast.team.pk)
    return PersonFacts(**values)


def person(cast, by=None, **values):
    """A followed person."""
    return open_person(actor=(by or cast.samia).actor, facts=facts(cast, **values))


def named(cast, name="Awa Cissokho", **values):
    """A person with a name, a phone and a reason for both."""
    told = {"name_reason": "rappel", "phone": "06 00 00 00 01", "contact_reason": "rappel", "contact_way": "appel"}
    return person(cast, name=name, **(told | values))


def agreement(cast, someone, by=None, **values):
    """An agreement to be followed, spoken, today, unless said."""
    told = {"purpose": "suivi", "manner": "parole", "language": "fr", "interpreter": "aucun", "happened_on": today()}
    return give_agreement(
        actor=(by or cast.samia).actor, command=GiveAgreement(person_id=someone.pk, **(told | values))
    )
