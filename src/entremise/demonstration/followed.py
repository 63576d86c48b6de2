"""Tells the fiches of the followed persons, each at its turn in the three months."""

import datetime as dt
import uuid
from collections import deque
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import Any

from django.utils.timezone import get_current_timezone

from entremise.core.ids import uuid7
from entremise.core.time import local, told_at
from entremise.demonstration.people import House
from entremise.demonstration.persons import PEOPLE, Agreed, Done, Followed
from entremise.demonstration.setting import Scene
from entremise.interventions import services as acts
from entremise.interventions.commands import RecordIntervention
from entremise.privacy import services as privacy
from entremise.privacy.commands import GiveAgreement, PersonFacts
from entremise.privacy.queries.persons import facts_of


class Diary:
    """Tells each fiche day after day, at its turn in the three months."""

    def __init__(self, house: House, scene: Scene) -> None:
        self.house, self.scene = house, scene
        self.steps = [(one, deque(sorted(self._steps(one), key=lambda step: step[0]))) for one in PEOPLE]

    def tell(self, day: dt.date, back: int) -> None:
        """What happens that day to those who are followed: nothing on Sundays, the rest the day after."""
        if day.weekday() == 6 or not back:
            return
        for rank, (one, steps) in enumerate(self.steps):
            at = dt.datetime.combine(day, dt.time(16, 5 + rank), tzinfo=get_current_timezone())
            while steps and steps[0][0] <= one.since - back:
                with told_at(at):
                    steps.popleft()[1](at)

    def _steps(self, one: Followed) -> list[tuple[int, Callable[[dt.datetime], object]]]:
        """(days after the fiche was opened, what is done then); kept in order within a day."""
        story = _Story(self.house, self.scene, one)
        steps: list[tuple[int, Callable[[dt.datetime], object]]] = [(0, story.open)]
        for agreed in one.agreed:
            steps.append((agreed.after, partial(story.agree, agreed)))
        for done in one.done:
            steps += [(done.after, partial(story.act, done)), (done.after + 2, story.validate)]
        for agreed in one.agreed:
            if agreed.withdrawn:
                steps.append((agreed.after + agreed.withdrawn, partial(story.withdraw, agreed)))
        if one.again is not None:
            steps.append((one.since - 5, partial(story.see_again, one.again)))
        return steps


class _Story:
    """One fiche and what becomes of it."""

    def __init__(self, house: House, scene: Scene, one: Followed) -> None:
        self.house, self.scene, self.one = house, scene, one
        self.actor, self.team = house.actors[one.by], house.teams[one.team]
        self.person: Any = None
        self.thread_id: uuid.UUID | None = None
        self.given: dict[Agreed, uuid.UUID] = {}
        self.noted: list[uuid.UUID] = []

    def open(self, at: dt.datetime) -> None:
        """A reference, and what the person let us know."""
        self.person = privacy.open_person(actor=self.actor, facts=PersonFacts(team_id=self.team, **self.one.facts))

    def agree(self, agreed: Agreed, at: dt.datetime) -> None:
        """An agreement, the notice explained."""
        command = GiveAgreement(
            person_id=self.person.pk,
            purpose=agreed.purpose,
            partner_id=self.scene.partners[agreed.partner] if agreed.partner else None,
            recipient_label=agreed.words,
            manner=agreed.manner,
            mandate_quality=agreed.quality,
            mandate_by=agreed.by,
            language=agreed.language,
            interpreter=agreed.interpreter,
            notice_explained=True,
            happened_on=local(at).date(),
        )
        self.given[agreed] = privacy.give_agreement(actor=self.actor, command=command).pk

    def withdraw(self, agreed: Agreed, at: dt.datetime) -> None:
        """Taken back, without a reason."""
        privacy.withdraw_agreement(actor=self.actor, person_id=self.person.pk, agreement_id=self.given[agreed])

    def act(self, done: Done, at: dt.datetime) -> None:
        """An act in the person's thread, opened with the first."""
        if self.thread_id is None:
            self.thread_id = acts.open_person_thread(actor=self.actor, person_id=self.person.pk).pk
        command = RecordIntervention(
            id=uuid7(),
            team_id=self.team,
            site_id=self.scene.sites[done.site],
            thread_id=self.thread_id,
            occurred_at=at - dt.timedelta(minutes=40),
            registers=(done.register,),
            outcome=done.outcome,
            origin="suivi_situation",
            duration_minutes=30,
            people_count=1,
            narrative=done.words,
            **done.codes,  # type: ignore[arg-type]
        )
        self.noted.append(acts.record_intervention(actor=self.actor, command=command).pk)

    def validate(self, at: dt.datetime) -> None:
        """The coordinator reads it again."""
        if self.noted:
            acts.validate_intervention(actor=self.house.actors["claire"], intervention_id=self.noted.pop(0))

    def see_again(self, days: int, at: dt.datetime) -> None:
        """The date the team wants to see the person again: so many days from the loading of the demonstration."""
        facts = facts_of(self.person)
        again = local(at).date() + dt.timedelta(days=5 + days)
        privacy.correct_person(
            actor=self.actor,
            person_id=self.person.pk,
            facts=replace(facts, see_again_on=again),
            base_version=self.person.version,
        )
