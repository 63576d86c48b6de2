"""Commands with sensible answers, for tests of services."""

from entremise.core.ids import uuid7
from entremise.interventions.commands import CorrectIntervention, RecordIntervention
from entremise.interventions.queries import content_of
from tests.interventions.build import at

CONFLICT = {
    "registers": ("conflit_temps_reel",),
    "outcome": "apaise",
    "conflict_objects": ("bruit",),
    "tension_before": 3,
    "tension_after": 1,
}


def record_command(person, place, **values):
    """Three answers, and what the test adds."""
    found = {
        "id": uuid7(),
        "team_id": next(iter(person.actor.team_ids)),
        "site_id": place.pk,
        "occurred_at": at(),
        "registers": ("presence_active",),
        "outcome": "info_donnee",
    }
    return RecordIntervention(**{**found, **values})


def correct_command(act, **values):
    """The act as it is, with what the test changes."""
    content = content_of(act)
    found = {name: getattr(content, name) for name in content.__dataclass_fields__}
    base = values.pop("base_version", act.version)
    return CorrectIntervention(**{**found, **values}, id=act.pk, base_version=base)
