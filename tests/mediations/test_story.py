"""The demonstration's mediations, told at their days."""

import datetime as dt

import pytest

from entremise.core.time import now
from entremise.demonstration import mediations, people
from entremise.demonstration.asides import Asides
from entremise.mediations.models import Case
from entremise.mediations.queries.figures import figures

pytestmark = pytest.mark.django_db


def test_its_four_mediations_each_end_or_wait_where_they_should():
    house, present = people.settle(), now()
    beside = Asides(mediations.steps(house, present))
    beside.tell(present.date())
    cases = Case.objects.order_by("opened_at")
    assert [case.stage for case in cases] == ["suivi", "cloture", "cloture", "recevabilite"]
    assert [case.outcome for case in cases] == ["", "dialogue_retabli", "pas_adapte", ""]
    year = dt.timedelta(days=365)
    found = figures(house.actors["claire"], present.date() - year, present.date())
    assert (found.referred, found.mediated, found.agreed, found.dialogue.count) == (4, 2, 1, 1)
