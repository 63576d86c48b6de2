"""The promotion before: four holders of nine months ago, asked at six months; and the hours of the session to come.

Two of them found a job aimed at, one studies, one does not answer: small counts, shown beside the rates.
"""

import datetime as dt
from typing import Any

from entremise.certification.commands import AnswerFacts, CandidacyFacts, CivilStatus, SlotFacts, TimetableFacts
from entremise.certification.queries.certifier import record_of
from entremise.certification.queries.sessions import get_session, sittings_of
from entremise.certification.queries.surveys import of_candidates
from entremise.certification.services import (
    candidates,
    certificates,
    convocations,
    deposits,
    preparing,
    surveys,
    timetables,
)
from entremise.demonstration.asides import Step
from entremise.demonstration.certification import BLOCKS, Body, Story

HOLDERS = {
    "aurelie": ("F", "Costa-Riou", "Aurélie", "1991-05-09", "Brest", "29019"),
    "bakary": ("M", "Ndour", "Bakary, Élie", "1985-12-30", "Thiès", "99341"),
    "claude": ("M", "Perrin", "Claude", "1973-08-02", "Digne-les-Bains", "04070"),
    "daniela": ("F", "Moreira", "Daniela", "1996-01-25", "Lisbonne", "99139"),
}
COUNTRIES = {"bakary": "Sénégal", "daniela": "Portugal"}
ANSWERS = {
    "aurelie": AnswerFacts(situation="employed", in_target_job="yes"),
    "bakary": AnswerFacts(situation="employed", in_target_job="yes"),
    "claude": AnswerFacts(situation="studying"),
}
HELD, ANSWERED = 270, 70  # days ago


def steps(body: Body, present: dt.datetime) -> list[Step]:
    """From nine months ago to the hours of the session to come."""
    story = _Promotion(body)
    held = present - dt.timedelta(days=HELD)
    return [
        (held - dt.timedelta(days=40), story.open_files),
        (held - dt.timedelta(days=20), lambda: story.told.plan("before", held, tuple(HOLDERS), BLOCKS)),
        (held, lambda: story.told.hold("before", away="", refused={})),
        (held + dt.timedelta(days=3), story.deliver),
        (held + dt.timedelta(days=20), story.deposit),
        (present - dt.timedelta(days=ANSWERED + 8), surveys.open_due_surveys),
        (present - dt.timedelta(days=ANSWERED), story.answer),
        (present - dt.timedelta(days=7), story.give_hours),
        (present - dt.timedelta(days=6), story.call),
    ]


class _Promotion:
    """The files and the answers, by name."""

    def __init__(self, body: Body) -> None:
        self.body, self.boss, self.told = body, body.actors["celine"], Story(body)

    def open_files(self) -> None:
        """Four people trained by the same body."""
        trained: dict[str, Any] = {"experience_months": 18, "experience_nature": "both", "internship_hours": 252}
        prepared = preparing.name_body(actor=self.boss, name="Formations des deux rives (exemple)")
        member = self.body.members["prune"]
        preparing.attach_account(actor=self.boss, body_id=prepared.pk, member_id=member)
        for key, (sex, name, first, born, place, code) in HOLDERS.items():
            civil = CivilStatus(
                sex=sex,
                birth_name=name,
                first_names=first,
                born_on=born,
                birth_place=place,
                birth_code=code,
                birth_country=COUNTRIES.get(key, ""),
                extra_time="33" if key == "claude" else "",
            )
            facts = CandidacyFacts(route="continuing", block_codes=BLOCKS, **trained)
            found = candidates.open_candidate(actor=self.boss, civil_status=civil, candidacy=facts)
            self.body.files[key] = found.pk
            preparing.say_who_prepares(actor=self.boss, candidate_id=found.pk, body_id=prepared.pk)

    def deposit(self) -> None:
        """The official file, and the report that accepts every passage."""
        made = deposits.make_deposit(actor=self.boss)
        accepted = "".join(f"<idTechnique>{one.certificate_id}</idTechnique>" for one in made.lines.all())
        report = f"<rapport><idFlux>{made.pk}</idFlux><PassagesKO/><PassagesOK>{accepted}</PassagesOK></rapport>"
        deposits.read_report(actor=self.boss, content=report.encode())

    def deliver(self) -> None:
        """Everyone acquired everything, and has their papers with the letter that says so."""
        self.told.notify("before", "hand", *HOLDERS)
        for key in HOLDERS:
            certificates.deliver_certificate(actor=self.boss, candidate_id=self.body.files[key])

    def answer(self) -> None:
        """Three answer on the telephone; what they say is counted and published."""
        code = record_of(self.boss).code
        years = set()
        for survey in of_candidates([self.body.files[key] for key in HOLDERS]):
            years.add(survey.year)
            facts = next((said for key, said in ANSWERS.items() if self.body.files[key] == survey.candidate_id), None)
            if facts:
                surveys.answer_by_phone(actor=self.boss, survey_id=survey.pk, facts=facts)
        for year in years:
            surveys.publish_figures(actor=self.boss, record_code=code, year=year, wave="6m")

    def give_hours(self) -> None:
        """The session to come has its order and hours; the last passage was moved by hand."""
        told: dict[str, Any] = {"actor": self.boss, "session_id": self.body.sessions["coming"]}
        facts = TimetableFacts(
            opens=dt.time(9),
            closes=dt.time(17),
            pause_from=dt.time(12, 15),
            pause_to=dt.time(13, 30),
            lasts=dict.fromkeys(BLOCKS, 50),
            room="Salle 2",
        )
        timetables.propose_order(facts=facts, **told)
        session = get_session(self.boss, told["session_id"])
        last = sittings_of(session)[-1]
        moved = SlotFacts(day=session.starts_on, clock=dt.time(14), minutes=50, room="Salle des associations")
        timetables.place_sitting(sitting_id=last.pk, facts=moved, **told)

    def call(self) -> None:
        """Everyone is written to; nothing leaves the demonstration, which has no mail to send.

        Then the room of the last passage changes: the page says who must be told again.
        """
        told: dict[str, Any] = {"actor": self.boss, "session_id": self.body.sessions["coming"]}
        convocations.call_everyone(**told)
        session = get_session(self.boss, told["session_id"])
        last = sittings_of(session)[-1]
        moved = SlotFacts(day=session.starts_on, clock=dt.time(14, 30), minutes=50, room="Salle du rez-de-chaussée")
        timetables.place_sitting(sitting_id=last.pk, facts=moved, **told)
