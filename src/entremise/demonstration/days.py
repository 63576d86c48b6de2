"""Three months of days, told in order with the clock at each moment, from one fixed draw."""

import datetime as dt
import random
import uuid
from collections.abc import Callable

from django.db import transaction

from entremise.core.actor import Actor
from entremise.core.ids import uuid7
from entremise.core.time import day_bounds, told_at
from entremise.demonstration import texts
from entremise.demonstration.followed import Diary
from entremise.demonstration.people import House
from entremise.demonstration.setting import Scene
from entremise.demonstration.shifts import SHIFTS, Shift
from entremise.interventions import services as acts
from entremise.interventions.commands import Heads, RecordIntervention
from entremise.presence import services as presence
from entremise.presence.enums import DefectStatus

DAYS = 92
SEED = 41674


ORIGINS = ["initiative_mediateur", "habitant", "bailleur", "appel", "suivi_situation"]
NOT_CALMED = ("sans_effet", "refus", "personne_partie", "deplacement")
CALMED = ("apaise", "accord_oral", "dialogue_retabli", "amelioration")


def at_hour(day: dt.date, hour: int, minute: int) -> dt.datetime:
    """An hour of the legal clock on a day."""
    return day_bounds(day)[0].replace(hour=hour, minute=minute)


class Teller:
    """Plays the days; holds the dice and the open defects."""

    def __init__(self, house: House, scene: Scene) -> None:
        self.house, self.scene = house, scene
        self.dice = random.Random(SEED)  # noqa: S311 - a story, not a secret
        self.defects: list[tuple[uuid.UUID, Actor, dt.datetime]] = []
        self.pending: list[tuple[uuid.UUID, dt.datetime]] = []
        self.step = 0
        self.diary = Diary(house, scene)

    def tell(
        self,
        today: dt.date,
        present: dt.datetime,
        aside: Callable[[dt.date], None],
        progress: Callable[[int], None],
    ) -> None:
        """From ninety-two days ago to the present moment; ``aside`` tells what happens that day beside the teams.

        The night shift comes last, since it ends on the day after: a day's events stand together in the journal.
        """
        for back in range(DAYS, -1, -1):
            day = today - dt.timedelta(days=back)
            aside(day)
            with transaction.atomic():
                self._office(day, present)
                self.diary.tell(day, back)
                for shift in sorted(SHIFTS, key=lambda shift: shift.start):
                    start = at_hour(day, *shift.start)
                    if day.weekday() in shift.weekdays and start + dt.timedelta(hours=shift.hours) < present:
                        self._shift(shift, start)
            progress(DAYS - back)

    def _shift(self, shift: Shift, start: dt.datetime) -> None:
        lead = self.house.actors[shift.people[self.step % len(shift.people)]]
        self.step += 1
        others = [self.house.members[name] for name in shift.people]
        team = self.house.teams[shift.team]
        with told_at(start):
            outing = presence.open_round(
                actor=lead, team_id=team, kind=shift.kind, sector_id=self.scene.sectors[shift.sector], member_ids=others
            )
        length = dt.timedelta(hours=shift.hours)
        names = self.dice.sample(shift.sites, min(shift.stops, len(shift.sites)))
        moments = [start + length * (rank + 0.2) / len(names) for rank in range(len(names))]
        events = self._spread(shift.acts, len(names))
        for name, at, count in zip(names, moments, events, strict=True):
            with told_at(at):
                self._stop(shift, lead, team, outing.pk, name, at, count)
        with told_at(start + length):
            handover = self.dice.choice(texts.HANDOVERS[shift.team]) if self.dice.random() < 0.5 else ""
            presence.close_round(actor=lead, round_id=outing.pk, handover=handover)

    def _spread(self, mean: float, stops: int) -> list[int]:
        spread = [0] * stops
        for _ in range(int(mean) + (self.dice.random() < mean % 1)):
            spread[self.dice.randrange(stops)] += 1
        return spread

    def _stop(
        self, shift: Shift, lead: Actor, team: uuid.UUID, outing: uuid.UUID, name: str, at: dt.datetime, count: int
    ) -> None:
        site = self.scene.sites[name]
        stop = presence.arrive_at_site(actor=lead, round_id=outing, site_id=site)
        for _ in range(self.dice.randint(*shift.contacts)):
            presence.tally(actor=lead, stop_id=stop.pk, band=self.dice.choice(shift.bands))
        mood = self.dice.choices(["ras", "anime", "inquiet", "tendu"], [6, 4, 1, 1 + count])[0]
        presence.set_atmosphere(actor=lead, stop_id=stop.pk, atmosphere=mood)
        if self.dice.random() < 0.25:
            frame = self.dice.choices(["cadre_explique", "accepte", "refuse"], [4, 5, 1])[0]
            presence.set_reception(actor=lead, stop_id=stop.pk, reception=frame)
        setting = self.scene.settings[name]
        for _ in range(count):
            self._act(shift, lead, team, outing, site, setting, at)
        self._watch(lead, team, outing, site, setting)
        if shift.team in {"soir", "nuit", "tram"} and setting in texts.DEFECTS and self.dice.random() < 0.08:
            category, urgency, text = self.dice.choice(texts.DEFECTS[setting])
            defect = presence.report_defect(
                actor=lead, team_id=team, site_id=site, category=category, urgency=urgency, description=text,
                round_id=outing,
            )  # fmt: skip
            self.defects.append((defect.pk, lead, at))

    def _watch(self, lead: Actor, team: uuid.UUID, outing: uuid.UUID, site: uuid.UUID, setting: str) -> None:
        if self.dice.random() < 0.07:
            kind, reliability, text = self.dice.choice(texts.OBSERVATIONS[setting])
            presence.observe(
                actor=lead, team_id=team, site_id=site, watch_type=kind, reliability=reliability, text=text,
                round_id=outing,
            )  # fmt: skip

    def _act(
        self,
        shift: Shift,
        lead: Actor,
        team: uuid.UUID,
        outing: uuid.UUID,
        site: uuid.UUID,
        setting: str,
        at: dt.datetime,
    ) -> None:
        topics = [topic for topic in shift.topics if topic in texts.CONFLICTS[setting]]
        conflict = self.dice.random() < 0.38 and topics
        facts = self._conflict(setting, self.dice.choice(topics)) if conflict else self._other(shift, setting)
        people = self.dice.randint(1, 6)
        second = next((self.house.members[n] for n in shift.people if self.house.members[n] != lead.member_id), None)
        act = acts.record_intervention(
            actor=lead,
            command=RecordIntervention(
                id=uuid7(),
                team_id=team,
                site_id=site,
                round_id=outing,
                occurred_at=at,
                second_author_id=second,
                origin=self.dice.choices(ORIGINS, [14, 4, 1 if setting in {"immeuble", "dehors"} else 0, 1, 1])[0],
                contact_mode="reseau_social" if setting == "en_ligne" else "sur_site",
                duration_minutes=self.dice.choice([10, 15, 15, 20, 30, 45]),
                people_count=people,
                ages=(Heads(code=self.dice.choice(shift.bands), count=people, estimated=True),),
                genders=self._genders(people),
                publics=(self.dice.choice(shift.publics),),
                **facts,
            ),
        )
        self.pending.append((act.pk, at))

    def _genders(self, people: int) -> tuple[Heads, ...]:
        """Noted half of the time, as head counts."""
        if self.dice.random() < 0.5:
            return ()
        women = self.dice.randint(0, people)
        told = (("feminin", women), ("masculin", people - women))
        return tuple(Heads(code=code, count=count) for code, count in told if count)

    def _conflict(self, setting: str, topic: str) -> dict:
        before = self.dice.choices([1, 2, 3, 4], [2, 5, 4, 1])[0]
        calmed = self.dice.random() < 0.74
        after = self.dice.randint(0, max(0, before - 1)) if calmed else before
        return {
            "registers": ("conflit_temps_reel",),
            "outcome": self.dice.choice(CALMED if calmed else NOT_CALMED),
            "conflict_kind": self.dice.choice(texts.KINDS[setting]),
            "conflict_objects": (topic,),
            "history": self.dice.choice(["nouveau", "ponctuel", "repete", "ancien"]),
            "tension_before": before,
            "tension_after": after,
            "link": self.dice.choice(["garde", "repris"]) if calmed else self.dice.choice(["garde", "rompu"]),
            "actions": tuple(self.dice.sample(["dialogue", "desamorcage", "rappel_regles", "separation"], 2)),
            "follow_ups": (self.dice.choice(["aucune", "repassage", "consigne"]),),
            "narrative": self.dice.choice(texts.CONFLICTS[setting][topic]),
        }

    def _other(self, shift: Shift, setting: str) -> dict:
        register = self.dice.choice([one for one in shift.registers if one in texts.ACTS[setting]])
        theme, narrative = self.dice.choice(texts.ACTS[setting][register])
        outcome = {"mise_en_relation": "relais_pris", "presence_active": "demande_satisfaite"}.get(register)
        return {
            "registers": (register,),
            "outcome": outcome if outcome and self.dice.random() < 0.6 else "info_donnee",
            "demands": (self.dice.choice(["information", "ecoute", "orientation", "demarche", "aucune"]),),
            "themes": (theme,),
            "actions": tuple(self.dice.sample(["dialogue", "information", "orientation", "mise_en_relation"], 2)),
            "narrative": narrative,
        }

    def _office(self, day: dt.date, present: dt.datetime) -> None:
        """What the coordinator does the next morning: validate, follow defects, leave instructions."""
        claire = self.house.actors["claire"]
        at = at_hour(day, 9, 10)
        if at > present or day.weekday() == 6:
            return
        with told_at(at):
            self._validate(claire, at)
            self._follow_defects(at)
            if self.dice.random() < 0.3:
                team = self.dice.choice(list(texts.INSTRUCTIONS))
                presence.leave_instruction(
                    actor=claire, team_id=self.house.teams[team], text=self.dice.choice(texts.INSTRUCTIONS[team])
                )
            if self.dice.random() < 0.2:
                team, who, text = self.dice.choice(texts.CALLS)
                presence.note_call(actor=self.house.actors[who], team_id=self.house.teams[team], text=text)

    def _validate(self, claire: Actor, at: dt.datetime) -> None:
        # The coordinator keeps some acts for later, as in life: the review page is never empty.
        kept = []
        for act_id, noted in self.pending:
            if noted < at - dt.timedelta(hours=8) and self.dice.random() < 0.8:
                acts.validate_intervention(actor=claire, intervention_id=act_id)
            else:
                kept.append((act_id, noted))
        self.pending = kept

    def _follow_defects(self, at: dt.datetime) -> None:
        still = []
        for defect_id, lead, reported in self.defects:
            age = (at - reported).days
            if age >= 1 and self.dice.random() < 0.16:
                presence.advance_defect(actor=lead, defect_id=defect_id, status=DefectStatus.RESOLU)
                continue
            if age == 2:
                presence.advance_defect(actor=lead, defect_id=defect_id, status=DefectStatus.ACCUSE)
            still.append((defect_id, lead, reported))
        self.defects = still
