"""Sheets and acts for the tests of this module."""

import datetime as dt

from entremise.core.ids import uuid7
from entremise.core.time import now
from entremise.interventions import services as acts
from entremise.interventions.commands import RecordIntervention
from entremise.places.services import create_site
from entremise.practice.commands import Convene, GiveRoles, WriteSheet
from entremise.practice.presets import PHASES
from entremise.practice.services import meetings, pages, sheets

INCIDENT = {
    "story": "Au pied du hall, une mère refuse de me serrer la main. Je me vexe, je coupe court.",
    "reactions": "Vexé, puis gêné de l’être.",
    "my_frame": "Chez moi, tendre la main ouvre l’échange.",
    "their_frame": "Elle m’a dit saluer autrement les hommes qu’elle ne connaît pas.",
    "hypotheses": [
        ["Saluer autrement est sa façon d’être polie", "Regarder comment elle salue ses voisines"],
        ["Elle avait les mains prises et l’esprit ailleurs", "Le lui demander, jeudi, à la permanence"],
    ],
    "zones": ["echanges", "espace_temps"],
    "image": "legerement_negative",
    "keep": "Être revenu le lendemain.",
    "change": "Attendre de voir comment la personne salue.",
    "principles": ["impartialite"],
}


def sheet(person, *, layout="incident", title="La main tendue", finish=True, **answers):
    """A sheet of this person."""
    found = (INCIDENT if layout == "incident" else {"story": "Une note."}) | answers
    command = WriteSheet(layout=layout, title=title, answers=found, finish=finish)
    return sheets.write_sheet(actor=person.actor, command=command)


def act(person, boss, *, narrative="Deux voisins. M. Karim Durand crie.", **facts):
    """An act of this person in a hall, the evening before."""
    site = create_site(actor=boss.actor, name=f"Hall {uuid7().hex[:6]}, rue des Lilas", space_type="hall")
    command = RecordIntervention(
        id=uuid7(),
        team_id=next(iter(person.actor.team_ids)),
        site_id=site.pk,
        occurred_at=now() - dt.timedelta(hours=2),
        registers=("conflit_temps_reel",),
        outcome="apaise",
        tension_before=3,
        tension_after=1,
        narrative=narrative,
        **facts,
    )
    return acts.record_intervention(actor=person.actor, command=command)


def circle(cast, *, answer=True):
    """A meeting convened by samia with paul, who brings a situation, and hugo; roles given when all have answered."""
    command = Convene(planned_at=now() + dt.timedelta(days=1), member_ids=[cast.paul.member.pk, cast.hugo.member.pk])
    meeting = meetings.convene(actor=cast.samia.actor, command=command)
    if answer:
        for person in (cast.paul, cast.hugo):
            meetings.answer_invitation(actor=person.actor, meeting_id=meeting.pk, comes=True)
        seats = {seat.member_id: seat.pk for seat in meeting.seats.all()}
        roles = {
            seats[cast.samia.member.pk]: "animateur",
            seats[cast.paul.member.pk]: "exposant",
            seats[cast.hugo.member.pk]: "participant",
        }
        meetings.give_roles(actor=cast.samia.actor, meeting_id=meeting.pk, command=GiveRoles(roles=roles))
    return meeting


def run_to(cast, meeting, code):
    """Bring a meeting to a phase, or to its end (None)."""
    meetings.open_meeting(actor=cast.samia.actor, meeting_id=meeting.pk)
    meeting.refresh_from_db()
    while meeting.closed_at is None and PHASES[meeting.phase].code != code:
        pages.next_phase(actor=cast.samia.actor, meeting_id=meeting.pk, from_phase=meeting.phase)
        meeting.refresh_from_db()
    return meeting
