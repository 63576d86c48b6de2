"""The demonstration's bad evening is told at its hours, through the services."""

import datetime as dt

import pytest

from entremise.core.time import now, told_at
from entremise.demonstration import people, safety, setting
from entremise.demonstration.asides import Asides
from entremise.interventions.queries.after import list_actions
from entremise.places.services import create_site
from entremise.safety import queries
from entremise.safety.queries.sheets import list_debriefs, list_sheets

pytestmark = pytest.mark.django_db


def test_the_evening_on_line_t_leaves_an_alert_a_sheet_a_debriefing_and_two_actions():
    present = now()
    with told_at(present - dt.timedelta(days=90)):
        house = people.settle()
        scene = setting.Scene()
        for name, kind in (("Station Tisserands", "arret_station"), ("Hall 12, rue des Peupliers", "hall")):
            scene.sites[name] = create_site(actor=house.actors["claire"], name=name, space_type=kind).pk
    beside = Asides(safety.steps(house, scene, present))
    for back in range(90, -1, -1):
        beside.tell((present - dt.timedelta(days=back)).date())
    assert not beside.steps
    claire = house.actors["claire"]
    (alert,) = queries.list_alerts(claire)
    assert (alert.end, alert.taken_by_id) == ("secours", house.members["claire"])
    assert [sheet.complaint_on is not None for sheet in list_sheets(claire)] == [True]
    assert list_debriefs(claire).count() == 1
    assert [action.done_at is not None for action in list_actions(claire)] == [True, False]
