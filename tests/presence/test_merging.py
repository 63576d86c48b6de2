"""Two overlapping rounds become one only when someone chooses how."""

import datetime as dt

import pytest
import time_machine

from entremise.core.errors import InvalidInput, NotFound
from entremise.core.time import now
from entremise.presence import queries, services
from entremise.presence.enums import LogKind, RoundStatus
from entremise.presence.models import LogEntry, Stop

pytestmark = pytest.mark.django_db
HOUR = dt.timedelta(hours=1)


@pytest.fixture
def pair(cast, ground):
    """samia alone for two hours, paul alone for one hour inside: both closed, two contacts each."""
    start = now() - 3 * HOUR
    rounds = []
    for person, begin, end in ((cast.samia, 0, 2), (cast.paul, 1, 3)):
        with time_machine.travel(start + begin * HOUR, tick=False):
            outing = services.open_round(actor=person.actor, team_id=cast.team.pk, sector_id=ground.sector.pk)
            stop = services.arrive_at_site(actor=person.actor, round_id=outing.pk, site_id=ground.hall.pk)
            services.tally(actor=person.actor, stop_id=stop.pk)
            services.tally(actor=person.actor, stop_id=stop.pk)
        with time_machine.travel(start + end * HOUR - dt.timedelta(minutes=1), tick=False):
            rounds.append(services.close_round(actor=person.actor, round_id=outing.pk))
    return rounds


def _totals(cast):
    end = now()
    return queries.round_totals(cast.organisation.pk, start=end - 24 * HOUR, end=end)


def test_overlap_is_offered_not_done(cast, pair):
    found = queries.overlapping_rounds(cast.claire.actor, pair[0])
    assert [(item.outing.pk, item.likely) for item in found] == [(pair[1].pk, True)]
    assert _totals(cast).rounds == 2


def test_adding_moves_the_stops_and_widens_the_hours(cast, pair):
    kept = services.merge_rounds(actor=cast.claire.actor, keep_id=pair[0].pk, absorb_id=pair[1].pk)
    pair[1].refresh_from_db()
    totals = _totals(cast)
    assert (totals.rounds, totals.contacts, totals.minutes) == (1, 4, 179)
    assert (pair[1].status, pair[1].merged_into_id) == (RoundStatus.REUNIE, kept.pk)
    assert set(queries.people_of([kept])[kept.pk]) == {cast.samia.member.pk, cast.paul.member.pk}
    assert LogEntry.objects.filter(kind=LogKind.PRISE_SERVICE, withdrawn_at=None).count() == 1


def test_the_same_hellos_are_not_counted_twice(cast, pair):
    services.merge_rounds(
        actor=cast.claire.actor,
        keep_id=pair[0].pk,
        absorb_id=pair[1].pk,
        add_contacts=False,
        widest_hours=False,
    )
    totals = _totals(cast)
    assert (totals.rounds, totals.contacts, totals.minutes) == (1, 2, 119)
    assert Stop.objects.count() == 2, "nothing is deleted"


def test_a_round_still_out_keeps_the_whole_open(cast, ground, pair):
    with time_machine.travel(now() - 2 * HOUR, tick=False):
        third = services.open_round(actor=cast.claire.actor, team_id=cast.team.pk)
    kept = services.merge_rounds(actor=cast.claire.actor, keep_id=pair[0].pk, absorb_id=third.pk)
    assert kept.is_open
    assert kept.minutes is None


def test_rounds_that_cannot_be_one_are_refused(cast, ground, pair):
    with pytest.raises(InvalidInput):
        services.merge_rounds(actor=cast.claire.actor, keep_id=pair[0].pk, absorb_id=pair[0].pk)
    later = services.open_round(actor=cast.claire.actor, team_id=cast.team.pk)
    with pytest.raises(InvalidInput, match="chevauchent"):
        services.merge_rounds(actor=cast.claire.actor, keep_id=pair[0].pk, absorb_id=later.pk)
    planned = services.plan_round(
        actor=cast.claire.actor, team_id=cast.team.pk, kind="tournee", planned_start=now() + HOUR
    )
    with pytest.raises(InvalidInput):
        services.merge_rounds(actor=cast.claire.actor, keep_id=pair[0].pk, absorb_id=planned.pk)
    with pytest.raises(NotFound):
        services.merge_rounds(actor=cast.clara.actor, keep_id=pair[0].pk, absorb_id=pair[1].pk)
