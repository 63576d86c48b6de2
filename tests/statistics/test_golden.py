"""Figures equal the rows to the unit: October 2026, counted by hand in ``golden``."""

import pytest
import time_machine

from entremise.presence.queries import DefectLine
from entremise.statistics.enums import Comparison
from entremise.statistics.periods import parse
from entremise.statistics.queries import make_report, scope_of
from entremise.statistics.queries.facts import gather
from tests.statistics import golden
from tests.statistics.build import convention

pytestmark = pytest.mark.django_db
OCTOBER = parse("2026-10")


@pytest.fixture
def at(cast):
    """The places of the golden data set, written, read on 23 November."""
    places = golden.write(cast)
    with time_machine.travel(golden.wall(23, 9, month=11), tick=True):
        yield places


def facts(cast, found=None, comparison=Comparison.AN):
    """The counts behind the report."""
    return gather(scope_of(cast.claire.actor, found, OCTOBER, comparison))


def lines(report, code):
    """What a breakdown shows: label to (now, before)."""
    part = next(part for part in report.breakdowns if part.definition == code)
    return {line.label: (line.shown, line.previous_shown) for line in part.lines}


def figures(report):
    """What the head of the report shows."""
    return {figure.definition: (figure.value, figure.previous) for figure in report.figures}


def test_acts_are_counted_to_the_unit(cast, at):
    acts = facts(cast).now.acts
    assert acts.total == 12 + 8 + 10 + 9 + 6 + 6 + 1 == 52
    # People: 12 × 3 + 8 × 2 + 9 × 1 + 6 × 2 = 73, noted for 12 + 8 + 9 + 6 = 35 acts; C, F and G did not note it.
    assert (acts.people, acts.people_known) == (36 + 16 + 9 + 12, 35)
    # B is counted in two registers: the sum of the lines (60) is 8 more than the total (52).
    assert acts.by_register == {
        "conflit_temps_reel": 12 + 8,
        "presence_active": 8 + 10 + 1,
        "mise_en_relation": 9,
        "conflit_temps_differe": 6,
        "veille_sociale": 6,
    }
    assert sum(acts.by_register.values()) == 60
    # Morning: C 10, the edge of 6:00, G at 9:00. Evening: A 12, E 6. Night: B 8 (23:30), five edges.
    assert acts.by_slot == {"matin": 10 + 1 + 1, "apres_midi": 9, "soir": 12 + 6, "nuit": 8 + 5}
    # The local completion of D is counted under its national origin; C, F and G did not say.
    assert acts.by_origin == {"initiative_mediateur": 12, "habitant": 8 + 6, "bailleur": 9, "": 10 + 6 + 1}
    assert acts.by_outcome == {
        "apaise": 12,
        "sans_effet": 8,
        "info_donnee": 10 + 1,
        "demande_satisfaite": 9,
        "accord_oral": 6,
        "amelioration": 6,
    }
    assert acts.by_public == {"jeune": 12, "habitant": 12 + 6}
    assert acts.by_age_band == {"douze_dix_huit": 12 * 2}
    assert acts.by_site == {
        at.hall_1.pk: 12 + 6 + 1,
        at.hall_2.pk: 8,
        at.square.pk: 10,
        at.hall_3.pk: 9,
        at.car_park.pk: 6,
    }
    assert acts.by_space_type == {"hall": 19 + 8 + 9, "parc": 10, "parking_residence": 6}


def test_conflicts_and_tension_are_counted_to_the_unit(cast, at):
    acts = facts(cast).now.acts
    # Conflicts: A 12, B 8, E 6. Calmed: A (apaise) and E (accord oral).
    assert (acts.conflicts, acts.calmed) == (26, 18)
    # A 12 × (3→1), B 6 × (4→3), E 6 × (2→0): −24 −6 −12 = −42 over 24 conflicts = −1.75.
    assert acts.tension_pairs == {(3, 1): 12, (4, 3): 6, (2, 0): 6}
    assert float(acts.tension_change) == -1.75


def test_the_year_before_counts_its_own_acts_only(cast, at):
    before = facts(cast).before.acts
    assert (before.total, before.conflicts, before.calmed) == (6, 6, 6)
    september = facts(cast, comparison=Comparison.AVANT).before.acts
    assert september.total == 1  # 30 September 23:59:59


def test_presence_and_defects_are_counted_to_the_unit(cast, at):
    now = facts(cast).now
    assert (now.rounds.rounds, now.rounds.minutes, now.rounds.contacts) == (6, 960, 23)
    assert now.rounds.contacts_by_band == {"non_communique": 17, "douze_dix_huit": 6}
    assert now.defects == [DefectLine("eclairage", 4, 3, 6.0), DefectLine("acces", 2, 1, 3.0)]


def test_a_convention_counts_its_places_and_registers_only(cast, at):
    tilleuls = facts(
        cast, convention(cast.claire, site_ids=(at.tilleuls.pk,), starts_on=golden.wall(1, month=1).date())
    )
    assert tilleuls.now.acts.total == 52 - 10 - 9  # without the square and the other residence
    assert tilleuls.now.rounds.rounds == 5  # the round of the square apart
    found = convention(cast.claire, registers=("conflit_temps_reel", "conflit_temps_differe"))
    assert facts(cast, found).now.acts.total == 26


def test_the_report_says_what_was_counted_and_hides_what_is_small(cast, at):
    report = make_report(scope_of(cast.claire.actor, None, OCTOBER, Comparison.AN), None)
    assert figures(report) == {
        "presence": ("16\N{NO-BREAK SPACE}h", "0\N{NO-BREAK SPACE}min"),
        "tournees": ("6", "0"),
        "contacts": ("23", "0"),
        "interventions": ("52", "6"),
        "personnes": ("73", "17"),  # October 2025: 5 × 3 + 1 × 2
    }
    assert report.calming.value == "18 conflits sur 26"
    assert "soit 69\N{NO-BREAK SPACE}%" in report.calming.note  # 18 / 26 = 0.692
    # 2 conflicts of 26 have no tension: the number of those that have one would give 2 away.
    assert report.tension.value == "−1,8"  # −1.75
    assert "26 conflits sauf moins de cinq" in report.tension.note
    # October 2025: 5 calmed on the spot, 1 oral agreement: everything would be hidden, so nothing is printed.
    assert lines(report, "resultat")["Apaisé sur place"] == ("12", "–")
    assert lines(report, "lieu") == {
        "Résidence des Tilleuls": ("33", "6"),
        "Square Anatole": ("10", "0"),
        "Résidence des Peupliers": ("9", "0"),
    }
    assert lines(report, "creneau")["Soir (18 h – 22 h)"] == ("18", "6")
    assert [(row.label, row.reported, row.solved, row.delay) for row in report.defects] == [
        ("Éclairage", 4, 3, "6\N{NO-BREAK SPACE}j"),
        ("Porte, hall, interphone, digicode", 2, 1, "3\N{NO-BREAK SPACE}j"),
    ]


def test_the_landlord_of_one_residence_reads_residences_and_no_hall(cast, at):
    found = convention(cast.claire, site_ids=(at.tilleuls.pk, at.peupliers.pk))
    report = make_report(scope_of(cast.claire.actor, found, OCTOBER, Comparison.AN), found)
    assert lines(report, "lieu") == {"Résidence des Tilleuls": ("33", "6"), "Résidence des Peupliers": ("9", "0")}
    assert "Hall" not in str(
        [line.label for part in report.breakdowns for line in part.lines if part.definition == "lieu"]
    )
    assert report.breakdowns[0].definition == "espace"


def test_the_state_reads_planned_missions_beside_what_was_done(cast, at):
    found = convention(
        cast.claire,
        funder_kind="anct",
        template="bilan_adulte_relais",
        planned_registers=("presence_active", "concertation"),
    )
    report = make_report(scope_of(cast.claire.actor, found, OCTOBER, Comparison.AN), found)
    assert [(line.label, line.shown) for line in report.missions] == [
        ("Écoute, présence de proximité", "19"),
        ("Concertation", "0"),
    ]
    assert ("Quartiers prioritaires", "QN07401M") in report.meta


def test_acts_in_a_priority_neighbourhood_are_counted_by_their_place(cast, at):
    """Only the square has a QPV code: C, 10 acts of 52. The landlord's note says nothing of it."""
    found = convention(cast.claire, funder_kind="anct", template="bilan_adulte_relais")
    report = make_report(scope_of(cast.claire.actor, found, OCTOBER, Comparison.AN), found)
    part = next(part for part in report.breakdowns if part.definition == "qpv")
    places = next(part for part in report.breakdowns if part.definition == "lieu")
    shown = [line.shown for line in part.lines]
    hidden = [line for line in places.lines if line.value is None]
    assert (shown == ["42", "10"]) is (not hidden)
    note = convention(cast.claire)
    told = make_report(scope_of(cast.claire.actor, note, OCTOBER, Comparison.AN), note)
    assert not {"qpv", "genre"} & {part.definition for part in told.breakdowns}
