"""The demonstration's phones: a missing entry, an act to be compared, one to be corrected, a photo that stays away."""

from types import SimpleNamespace

import pytest

from entremise.core.time import now, today
from entremise.demonstration import phones
from entremise.demonstration.asides import Asides
from entremise.sync.models import Conflict, MediaSlot, Receipt
from entremise.sync.queries.health import phone_lines

pytestmark = pytest.mark.django_db


def test_the_coordinator_finds_a_gap_and_a_conflict_and_each_author_what_is_theirs(cast, hall):
    house = SimpleNamespace(actors={"samia": cast.samia.actor, "paul": cast.paul.actor}, teams={"soir": cast.team.pk})
    scene = SimpleNamespace(sites={"Place des Marronniers": hall.pk})
    Asides(phones.steps(house, scene, now())).tell(today())
    troubled, well = phone_lines(cast.claire.actor)
    assert (troubled.who, troubled.gaps, troubled.waiting) == ("Samia", "à partir du 2", 1)
    assert any("numéros manquent" in alarm for alarm in troubled.alarms)
    assert not well.alarms
    assert "se revoir jeudi" in Conflict.objects.get().fields
    (refused,) = Receipt.objects.filter(status="rejected")
    assert "Gardez les faits." in refused.answer
    assert MediaSlot.objects.get().state == "missing"
