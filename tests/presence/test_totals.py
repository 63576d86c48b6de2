"""Figures equal the rows, to the unit."""

import datetime as dt

import pytest
import time_machine

from entremise.core.time import now, today
from entremise.presence import queries, services
from entremise.presence.queries import DefectLine

pytestmark = pytest.mark.django_db
HOUR = dt.timedelta(hours=1)


def _round(cast, ground, begin, minutes, walk):
    """A round at ``begin`` with (site, contacts) stops; ``minutes`` None leaves it open."""
    with time_machine.travel(begin, tick=True):
        outing = services.open_round(actor=cast.samia.actor, team_id=cast.team.pk)
        for site, contacts in walk:
            stop = services.arrive_at_site(actor=cast.samia.actor, round_id=outing.pk, site_id=site.pk)
            for band in contacts:
                services.tally(actor=cast.samia.actor, stop_id=stop.pk, band=band)
        if minutes is not None:
            end = outing.started_at + dt.timedelta(minutes=minutes)
            with time_machine.travel(end + HOUR):
                services.close_round(actor=cast.samia.actor, round_id=outing.pk, ended_at=end)
    return outing


def test_hours_count_whole_rounds_and_contacts_count_per_stop(cast, ground):
    base = now() - 72 * HOUR
    kids, others = "moins_de_douze", "non_communique"
    _round(cast, ground, base, 125, [(ground.hall, [kids, kids]), (ground.square, [others])])
    _round(cast, ground, base + 24 * HOUR, 60, [(ground.square, [others])])
    _round(cast, ground, base + 60 * HOUR, None, [(ground.station, [kids])])
    everything = queries.round_totals(cast.organisation.pk, start=base - HOUR, end=now())
    assert (everything.rounds, everything.minutes, everything.contacts, everything.unclosed) == (3, 185, 5, 1)
    assert everything.contacts_by_band == {kids: 3, others: 2}
    assert everything.sites == 3
    hall = queries.round_totals(cast.organisation.pk, start=base - HOUR, end=now(), site_ids=[ground.hall.pk])
    assert (hall.rounds, hall.minutes, hall.contacts) == (1, 125, 2)
    square = queries.round_totals(cast.organisation.pk, start=base - HOUR, end=now(), site_ids=[ground.square.pk])
    assert (square.rounds, square.minutes, square.contacts) == (2, 185, 2)
    nowhere = queries.round_totals(cast.organisation.pk, start=base - HOUR, end=now(), site_ids=[])
    assert (nowhere.rounds, nowhere.minutes, nowhere.contacts) == (0, 0, 0)


def test_the_bounds_of_a_period_are_exact(cast, ground):
    base = now() - 48 * HOUR
    outing = _round(cast, ground, base, 30, [])
    begin = outing.started_at
    instant = dt.timedelta(microseconds=1)
    assert queries.round_totals(cast.organisation.pk, start=begin, end=begin + instant).rounds == 1
    assert queries.round_totals(cast.organisation.pk, start=begin - HOUR, end=begin).rounds == 0
    day = today() - dt.timedelta(days=2)
    assert queries.round_totals(cast.organisation.pk, start=day, end=today()).rounds == 1


def test_planned_cancelled_and_foreign_rounds_never_count(cast, ground):
    services.plan_round(actor=cast.claire.actor, team_id=cast.team.pk, kind="tournee", planned_start=now() + HOUR)
    services.open_round(actor=cast.ines.actor, team_id=cast.foreign_team.pk)
    end = now() + 2 * HOUR
    assert queries.round_totals(cast.organisation.pk, start=end - 48 * HOUR, end=end).rounds == 0
    assert queries.round_totals(cast.other_organisation.pk, start=end - 48 * HOUR, end=end).rounds == 1


def test_defects_give_reported_solved_and_their_median_delay(cast, ground):
    base = now() - dt.timedelta(days=20)
    for category, delay in (("eclairage", 1), ("eclairage", 4), ("eclairage", 9), ("eclairage", None), ("eau", None)):
        with time_machine.travel(base, tick=False):
            defect = services.report_defect(
                actor=cast.samia.actor, team_id=cast.team.pk, site_id=ground.hall.pk, category=category
            )
        if delay:
            with time_machine.travel(base + dt.timedelta(days=delay), tick=False):
                services.advance_defect(actor=cast.samia.actor, defect_id=defect.pk, status="resolu")
    period = {"start": base - HOUR, "end": now()}
    assert queries.defect_totals(cast.organisation.pk, **period) == [
        DefectLine("eclairage", 4, 3, 4.0),
        DefectLine("eau", 1, 0, None),
    ]
    assert queries.defect_totals(cast.organisation.pk, **period, site_ids=[ground.square.pk]) == []
    assert queries.defect_totals(cast.other_organisation.pk, **period) == []


def test_figures_take_a_constant_number_of_queries(cast, ground, django_assert_max_num_queries):
    base = now() - 72 * HOUR
    for day in range(3):
        _round(cast, ground, base + day * 20 * HOUR, 30, [(ground.hall, ["non_communique"])])
    with django_assert_max_num_queries(3):
        queries.round_totals(cast.organisation.pk, start=base - HOUR, end=now(), site_ids=[ground.hall.pk])
