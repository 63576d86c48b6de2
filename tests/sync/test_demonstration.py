"""The demonstration's phones: one well, one with a missing entry and an act to be compared."""

from types import SimpleNamespace

import pytest

from entremise.core.time import now, today
from entremise.demonstration import phones
from entremise.demonstration.asides import Asides
from entremise.sync.models import Conflict
from entremise.sync.queries.health import phone_lines

pytestmark = pytest.mark.django_db


def test_the_coordinator_finds_a_gap_and_a_conflict(cast, hall):
    house = SimpleNamespace(actors={"samia": cast.samia.actor, "paul": cast.paul.actor}, teams={"soir": cast.team.pk})
    scene = SimpleNamespace(sites={"Place des Marronniers": hall.pk})
    Asides(phones.steps(house, scene, now())).tell(today())
    troubled, well = phone_lines(cast.claire.actor)
    assert (troubled.who, troubled.gaps, troubled.waiting) == ("Samia", "à partir du 2", 1)
    assert any("numéros manquent" in alarm for alarm in troubled.alarms)
    assert not well.alarms
    assert "se revoir jeudi" in Conflict.objects.get().fields
