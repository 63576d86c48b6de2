"""The golden data set: October 2026 in one organisation, written through services, counted by hand.

Autumn 2026: clocks go back on Sunday 25 October, from 3:00 to 2:00. Times are those of the wall.

    acts of October 2026, "Passage commun"                                            count  running total
    A  hall 1    conflict on the spot, calmed (apaise), 19:00, 3 people, tension 3→1     12     12
    B  hall 2    conflict on the spot AND presence, sans_effet, 23:30, 2 people           8     20
                 (tension 4→3 noted for 6 of them, not at all for 2)
    C  square    presence, info_donnee, 8:00, number of people not noted                 10     30
    D  hall 3    mise_en_relation, demande_satisfaite, 14:00, 1 person, from a LOCAL
                 completion of the origin "bailleur"                                      9     39
    E  car park  conflict in deferred time, accord_oral, 20:00, 2 people                  6     45
    F  hall 1    veille_sociale, amelioration, edges of the calendar (see ``EDGES``):
                 first second and last second of the month, the two 2:30 of the night
                 of the 25th, 5:59 and 6:00 that morning                                  6     51
    G  hall 1    presence, info_donnee, 9:00, kept to its authors                         1     52
    ------------------------------------------------------------------------------------------------
    not counted: 30 September 23:59:59; 1 November 0:00:00; 7 acts of another organisation
    October 2025: 5 acts like A (hall 1), 1 like E (car park)
"""

import datetime as dt

import time_machine
from django.utils import timezone

from entremise.accounts import services as accounts
from entremise.core.ids import uuid7
from entremise.interventions import services as interventions
from entremise.interventions.commands import Heads, RecordIntervention
from entremise.places import services as places
from entremise.presence import services as presence

PARIS = timezone.get_default_timezone()


def wall(day, hour=0, minute=0, second=0, *, month=10, year=2026, fold=0):
    """An instant read on a wall clock; ``fold=1`` is the second time the hour is read."""
    return dt.datetime(year, month, day, hour, minute, second, tzinfo=PARIS, fold=fold)


# 1 October 0:00:00 (night) · 31 October 23:59:59 (night) · 25 October 2:30 summer time (night), 2:30 winter
# time, one hour later (night), 5:59:59 (night), 6:00:00 (morning).
EDGES = (
    wall(1),
    wall(31, 23, 59, 59),
    wall(25, 2, 30),
    wall(25, 2, 30, fold=1),
    wall(25, 5, 59, 59),
    wall(25, 6),
)
OUTSIDE = (wall(30, 23, 59, 59, month=9), wall(1, month=11))


def later(moment, **delay):
    """Some time after an instant. Arithmetic on a wall clock forgets that an hour may be read twice."""
    return moment.astimezone(dt.UTC) + dt.timedelta(**delay)


class Places:
    """Two residences, a square."""

    def __init__(self, claire):
        self.tilleuls = places.create_site(actor=claire.actor, name="Résidence des Tilleuls", space_type="residence")
        self.peupliers = places.create_site(actor=claire.actor, name="Résidence des Peupliers", space_type="residence")
        inside = self.tilleuls.pk
        self.hall_1 = places.create_site(actor=claire.actor, name="Hall 1", space_type="hall", parent_id=inside)
        self.hall_2 = places.create_site(actor=claire.actor, name="Hall 2", space_type="hall", parent_id=inside)
        self.car_park = places.create_site(
            actor=claire.actor, name="Parking", space_type="parking_residence", parent_id=inside
        )
        self.hall_3 = places.create_site(
            actor=claire.actor, name="Hall 3", space_type="hall", parent_id=self.peupliers.pk
        )
        self.square = places.create_site(
            actor=claire.actor, name="Square Anatole", space_type="parc", qpv_code="QN07401M"
        )


def note(person, place, moment, **values):
    """An act noted ten minutes after it began, as on a phone."""
    command = {"registers": ("presence_active",), "outcome": "info_donnee"} | values
    with time_machine.travel(later(moment, minutes=10), tick=False):
        return interventions.record_intervention(
            actor=person.actor,
            command=RecordIntervention(
                id=uuid7(),
                team_id=next(iter(person.actor.team_ids)),
                site_id=place.pk,
                occurred_at=moment,
                **command,
            ),
        )


CALMED = {
    "registers": ("conflit_temps_reel",),
    "outcome": "apaise",
    "origin": "initiative_mediateur",
    "people_count": 3,
    "ages": (Heads(code="douze_dix_huit", count=2),),
    "publics": ("jeune", "habitant"),
    "tension_before": 3,
    "tension_after": 1,
}
AGREED = {
    "registers": ("conflit_temps_differe",),
    "outcome": "accord_oral",
    "origin": "habitant",
    "people_count": 2,
    "publics": ("habitant",),
    "tension_before": 2,
    "tension_after": 0,
}


def write_acts(cast, at):
    """The 52 acts of October 2026 and what surrounds them."""
    # The organisation's own words under the national origin "bailleur": reports count them as "bailleur".
    local = accounts.complete_item(actor=cast.alban.actor, reference="L2", parent="bailleur", label="Gardienne").code
    for index in range(12):
        note(cast.samia, at.hall_1, wall(2 + index, 19), **CALMED)  # A, from the 2nd to the 13th
    for index in range(8):
        measured = {"tension_before": 4, "tension_after": 3} if index < 6 else {}
        note(
            cast.paul,
            at.hall_2,
            wall(2 + index, 23, 30),
            registers=("conflit_temps_reel", "presence_active"),
            outcome="sans_effet",
            origin="habitant",
            people_count=2,
            duration_minutes=45,  # crosses midnight: counted on the day and in the slot it began
            **measured,
        )  # B
    for index in range(10):
        note(cast.samia, at.square, wall(5 + index, 8))  # C
    for index in range(9):
        note(
            cast.paul,
            at.hall_3,
            wall(5 + index, 14),
            registers=("mise_en_relation",),
            outcome="demande_satisfaite",
            origin=local,
            people_count=1,
        )  # D
    for index in range(6):
        note(cast.samia, at.car_park, wall(20 + index, 20), second_author_id=cast.paul.member.pk, **AGREED)  # E
    for moment in EDGES:
        note(cast.samia, at.hall_1, moment, registers=("veille_sociale",), outcome="amelioration")  # F
    note(cast.samia, at.hall_1, wall(9, 9), visibility="auteurs")  # G
    for moment in OUTSIDE:
        note(cast.samia, at.hall_1, moment)
    for index in range(5):
        note(cast.samia, at.hall_1, wall(2 + index, 19, year=2025), **CALMED)
    note(cast.samia, at.car_park, wall(2, 20, year=2025), **AGREED)
    foreign = places.create_site(actor=cast.clara.actor, name="Quai", space_type="rue")
    for index in range(7):
        note(cast.ines, foreign, wall(2 + index, 19), **CALMED)


def walk(person, place, start, end, contacts, band="non_communique"):
    """A round with one stop and some contacts."""
    team = next(iter(person.actor.team_ids))
    with time_machine.travel(start, tick=False):
        outing = presence.open_round(actor=person.actor, team_id=team, started_at=start)
        stop = presence.arrive_at_site(actor=person.actor, round_id=outing.pk, site_id=place.pk)
        for _ in range(contacts):
            presence.tally(actor=person.actor, stop_id=stop.pk, band=band)
    with time_machine.travel(end, tick=False):
        presence.close_round(actor=person.actor, round_id=outing.pk, ended_at=end)


def write_rounds(cast, at):
    """Six rounds of October, 23 contacts.

    3 × 18:00–21:00 at hall 1 = 540 min, 15 contacts (5 each); the night of the 25th from 1:00 to 4:00 on the
    wall = 4 h = 240 min, 2 contacts; 31 October 23:30 to 1:00 = 90 min, 6 contacts; 14:00–15:30 at the
    square = 90 min, no contact. Total 960 min = 16 h. One round of 30 September at 23:00 is not counted.
    """
    for day in (2, 3, 4):
        walk(cast.samia, at.hall_1, wall(day, 18), wall(day, 21), 5)
    walk(cast.samia, at.hall_1, wall(25, 1), wall(25, 4), 2)
    walk(cast.samia, at.hall_2, wall(31, 23, 30), wall(1, 1, month=11), 6, "douze_dix_huit")
    walk(cast.paul, at.square, wall(6, 14), wall(6, 15, 30), 0)
    walk(cast.paul, at.hall_1, wall(30, 23, month=9), wall(1, 1), 9)


def report(person, place, category, moment, days=None):
    """A defect, seen repaired some days later."""
    team = next(iter(person.actor.team_ids))
    with time_machine.travel(later(moment, minutes=1), tick=False):
        defect = presence.report_defect(
            actor=person.actor, team_id=team, site_id=place.pk, category=category, reported_at=moment
        )
    if days is not None:
        with time_machine.travel(later(moment, days=days), tick=False):
            presence.advance_defect(actor=person.actor, defect_id=defect.pk, status="resolu")


def write_defects(cast, at):
    """Lights: 4 reported, 3 repaired after 2, 6 and 10 days (median 6). Doors: 2 reported, 1 after 3 days."""
    for day, delay in ((2, 2), (5, 6), (9, 10), (12, None)):
        report(cast.samia, at.hall_1, "eclairage", wall(day, 18), delay)
    report(cast.samia, at.hall_2, "acces", wall(3, 18), 3)
    report(cast.samia, at.hall_2, "acces", wall(31, 23, 59, 59))
    report(cast.samia, at.hall_2, "acces", wall(1, month=11))
    report(cast.samia, at.hall_1, "eclairage", wall(7, 18, year=2025), 1)


def write(cast):
    """Everything; gives the places."""
    at = Places(cast.claire)
    write_acts(cast, at)
    write_rounds(cast, at)
    write_defects(cast, at)
    return at
