"""What the tests of this module start from: places, a convention, acts."""

import datetime as dt

from entremise.places import services as places
from entremise.statistics import services
from entremise.statistics.commands import ConventionFacts
from tests.interventions.build import act, at

__all__ = ["act", "acts", "at", "convention", "facts", "residence"]


def residence(person, name="Résidence des Tilleuls", halls=("Hall 1", "Hall 2")):
    """A residence and its halls: (residence, [halls])."""
    top = places.create_site(actor=person.actor, name=name, space_type="residence")
    parts = [
        places.create_site(actor=person.actor, name=f"{hall} {name}", space_type="hall", parent_id=top.pk)
        for hall in halls
    ]
    return top, parts


def facts(**changes):
    """A landlord's convention for the year 2026."""
    values = {
        "funder_name": "Habitat du Val",
        "funder_kind": "bailleur",
        "template": "note_bailleur",
        "number": "2026-12",
        "starts_on": dt.date(2026, 1, 1),
        "ends_on": dt.date(2026, 12, 31),
    }
    return ConventionFacts(**(values | changes))


def convention(person, **changes):
    """The same, recorded."""
    return services.record_convention(actor=person.actor, facts=facts(**changes))


def acts(person, place, count, **values):
    """Several acts alike."""
    return [act(person, place, **values) for _ in range(count)]
