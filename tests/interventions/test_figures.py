"""Figures equal the rows to the unit."""

from fractions import Fraction

import pytest

from entremise.core.time import period_bounds
from entremise.interventions.queries import figures
from entremise.interventions.queries.figures import slot_of
from tests.interventions.build import act, at, site

pytestmark = pytest.mark.django_db
START, END = period_bounds(at(1).date(), at(30).date())


@pytest.fixture
def hall(cast):
    return site(cast.claire)


@pytest.fixture
def stop(cast):
    return site(cast.claire, "Arrêt Belle-Croix", "tram")


@pytest.fixture
def golden(cast, hall, stop):
    """Six acts whose figures are known by hand, and three that no figure may count."""
    conflict = ("conflit_temps_reel", "veille_sociale")
    calm = {"outcome": "apaise", "tension_before": 3, "tension_after": 1}
    act(cast.samia, hall, registers=conflict, people_count=4, duration_minutes=30, origin="habitant", **calm)
    act(
        cast.samia,
        hall,
        registers=("conflit_temps_reel.local1", "conflit_temps_reel.local2"),
        outcome="dialogue_retabli.local1",
        tension_before=2,
        tension_after=2,
        origin="habitant.local9",
        occurred_at=at(hour=6, minute=0),
        ages={"douze_dix_huit": 3, "non_communique": 2},
        people_count=5,
    )
    act(cast.paul, hall, registers=("conflit_temps_differe",), outcome="refus", tension_before=4)
    act(cast.samia, stop, occurred_at=at(hour=23), codes={"L8": ("voyageur", "jeune")}, ages={"douze_dix_huit": 1})
    act(cast.hugo, stop, occurred_at=at(hour=5, minute=59), visibility="auteurs")
    act(cast.hugo, stop, occurred_at=START, codes={"L8": ("jeune.local1", "jeune.local2")}, people_count=0)
    act(cast.samia, hall, occurred_at=END)
    act(cast.samia, hall, occurred_at=at(31, month=10, hour=23, minute=59))
    act(cast.ines, site(cast.clara))


def test_every_figure_of_the_golden_acts(cast, golden, hall, stop):
    found = figures(cast.organisation.pk, start=START, end=END)
    assert (found.total, found.people, found.people_known) == (6, 9, 3)
    assert (found.minutes, found.minutes_known) == (30, 1)
    assert found.by_register == {
        "conflit_temps_reel": 2,
        "conflit_temps_differe": 1,
        "veille_sociale": 1,
        "presence_active": 3,
    }
    assert found.by_main_register == {"conflit_temps_reel": 2, "conflit_temps_differe": 1, "presence_active": 3}
    assert found.by_site == {hall.pk: 3, stop.pk: 3}
    assert found.by_space_type == {"hall": 3, "tram": 3}
    assert found.by_slot == {"matin": 1, "soir": 2, "nuit": 3}
    assert found.by_origin == {"habitant": 2, "": 4}
    assert found.by_public == {"voyageur": 1, "jeune": 2}
    assert found.by_outcome == {"apaise": 1, "dialogue_retabli": 1, "refus": 1, "info_donnee": 3}
    assert found.by_age_band == {"douze_dix_huit": 4, "non_communique": 2}
    assert (found.conflicts, found.calmed) == (3, 2)
    assert found.conflicts_by_outcome == {"apaise": 1, "dialogue_retabli": 1, "refus": 1}
    assert found.tension_pairs == {(3, 1): 1, (2, 2): 1}
    assert (found.tension_measured, found.tension_change) == (2, Fraction(-1))


def test_places_teams_and_registers_narrow_every_figure(cast, golden, hall, stop):
    conflicts = figures(cast.organisation.pk, start=START, end=END, registers=["conflit_temps_reel"])
    assert (conflicts.total, conflicts.conflicts, conflicts.people) == (2, 2, 9)
    assert conflicts.by_age_band == {"douze_dix_huit": 3, "non_communique": 2}
    assert conflicts.by_register == {"conflit_temps_reel": 2, "veille_sociale": 1}
    local = figures(cast.organisation.pk, start=START, end=END, registers=["conflit_temps_reel.local2"])
    assert local.total == 1
    there = figures(cast.organisation.pk, start=START, end=END, site_ids=[stop.pk])
    assert (there.total, there.by_public) == (3, {"voyageur": 1, "jeune": 2})
    team = figures(cast.organisation.pk, start=START, end=END, team_ids=[cast.other_team.pk])
    assert (team.total, team.by_slot) == (2, {"nuit": 2})
    assert figures(cast.organisation.pk, start=START, end=END, site_ids=[]).total == 0
    assert figures(cast.organisation.pk, start=START, end=END, validated_only=True).total == 0


def test_an_empty_period_has_no_rate_rather_than_a_rate_of_zero(cast):
    found = figures(cast.organisation.pk, start=START, end=END)
    assert (found.total, found.people, found.tension_change) == (0, 0, None)


def test_the_number_of_queries_does_not_grow_with_the_acts(cast, golden, django_assert_num_queries):
    with django_assert_num_queries(5):
        figures(cast.organisation.pk, start=START, end=END)


def test_slots_begin_and_end_on_the_hour_in_legal_time():
    assert [slot_of(hour) for hour in (5, 6, 11, 12, 17, 18, 21, 22, 0)] == [
        "nuit",
        "matin",
        "matin",
        "apres_midi",
        "apres_midi",
        "soir",
        "soir",
        "nuit",
        "nuit",
    ]
