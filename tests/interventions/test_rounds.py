"""Acts stay with the round they were noted on, also when two rounds become one."""

import datetime as dt

import pytest
import time_machine

from entremise.interventions.services import record_intervention
from entremise.presence import services as presence
from tests.interventions.build import at
from tests.interventions.commands import record_command

pytestmark = pytest.mark.django_db


def _round(cast, person, hall, begin):
    with time_machine.travel(begin, tick=False):
        outing = presence.open_round(actor=person.actor, team_id=cast.team.pk)
        presence.arrive_at_site(actor=person.actor, round_id=outing.pk, site_id=hall.pk)
        act = record_intervention(
            actor=person.actor, command=record_command(person, hall, occurred_at=begin, round_id=outing.pk)
        )
    with time_machine.travel(begin + dt.timedelta(hours=1), tick=False):
        presence.close_round(actor=person.actor, round_id=outing.pk)
    return outing, act


def test_acts_of_a_merged_round_follow_the_one_that_stays(cast, hall):
    start = at(minute=0) - dt.timedelta(hours=3)
    keep, first = _round(cast, cast.samia, hall, start)
    absorb, second = _round(cast, cast.paul, hall, start + dt.timedelta(minutes=20))
    presence.merge_rounds(actor=cast.claire.actor, keep_id=keep.pk, absorb_id=absorb.pk)
    first.refresh_from_db()
    second.refresh_from_db()
    assert first.round_id == second.round_id == keep.pk
