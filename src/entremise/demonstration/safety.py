"""What protects the team in the demonstration: an on-call chain, an alert that ended well, a sheet, a debriefing."""

import datetime as dt
import uuid

from entremise.core.time import today
from entremise.demonstration.asides import Step
from entremise.demonstration.people import House
from entremise.demonstration.setting import Scene
from entremise.interventions import services as acts
from entremise.interventions.enums import ActionOrigin
from entremise.safety import services
from entremise.safety.services import RungFacts
from entremise.safety.services.sheets import SheetFacts

FACTS = (
    "Un homme alcoolisé a crié des menaces à deux mètres, un objet à la main, puis l’a posé. "
    "Nous avons dit le mot convenu et reculé ensemble vers l’arrêt."
)


def steps(house: House, scene: Scene, present: dt.datetime) -> list[Step]:
    """Ten days ago, on line T; since then the team decided two things."""
    evening = present - dt.timedelta(days=10, hours=2)
    story = _Story(house, scene, evening)
    told = (
        (-60 * 24 * 60, story.chain),
        (0, story.alert),
        (1, story.answer),
        (25, story.close),
        (40, story.debrief),
        (60, story.sheet),
        (24 * 60, story.follow),
        (48 * 60, story.decide),
        (6 * 24 * 60, story.finish),
    )
    return [(evening + dt.timedelta(minutes=minutes), tell) for minutes, tell in told]


class _Story:
    """One bad evening, told at its hours."""

    def __init__(self, house: House, scene: Scene, evening: dt.datetime) -> None:
        self.house, self.evening = house, evening
        self.team, self.station = house.teams["tram"], scene.sites["Station Tisserands"]
        self.hall = scene.sites["Hall 12, rue des Peupliers"]
        self.both = (house.members["sana"], house.members["theo"])
        self.ids: dict[str, uuid.UUID] = {}

    def chain(self) -> None:
        """claire first, then the number of the night (numbers kept for fiction)."""
        claire = RungFacts(member_id=self.house.members["claire"], label="Encadrement", phone="01 99 00 00 10")
        night = RungFacts(label="Astreinte de nuit", phone="01 99 00 00 11", delay_minutes=10)
        services.set_chain(actor=self.house.actors["alban"], rungs=[claire, night])

    def alert(self) -> None:
        """sana asks for help."""
        sana = self.house.actors["sana"]
        self.ids["alert"] = services.raise_alert(actor=sana, team_id=self.team, site_id=self.station).pk

    def answer(self) -> None:
        """claire sees to it."""
        services.answer_alert(actor=self.house.actors["claire"], alert_id=self.ids["alert"], kind="charge")

    def close(self) -> None:
        """Help came."""
        services.close_alert(actor=self.house.actors["theo"], alert_id=self.ids["alert"], end="secours")

    def debrief(self) -> None:
        """Ten minutes, the two of them."""
        services.hold_debrief(
            actor=self.house.actors["theo"],
            team_id=self.team,
            subject_type="alerte",
            subject_id=self.ids["alert"],
            facts="Nous étions deux, l’issue dans le dos. Le ton est monté en moins d’une minute.",
            lived="Secoués tous les deux. L’un a envie d’en reparler demain.",
            helped="Le mot convenu, dit tôt. Le conducteur a gardé les portes ouvertes.",
            change="Se placer côté portes dès le début.",
            support=["ecoute", "releve"],
            person_ids=self.both,
        )

    def sheet(self) -> None:
        """What the employer has to know."""
        facts = SheetFacts(
            kind="menace",
            happened_at=self.evening - dt.timedelta(minutes=5),
            facts=FACTS,
            done="Retrait, 17 appelé, encadrement prévenu ensuite, relève pour la fin de service.",
            team_id=self.team,
            site_id=self.station,
            person_ids=self.both,
        )
        sana = self.house.actors["sana"]
        self.ids["sheet"] = services.write_sheet(actor=sana, facts=facts, alert_id=self.ids["alert"]).pk

    def follow(self) -> None:
        """What was offered, and a complaint."""
        services.follow_sheet(
            actor=self.house.actors["claire"],
            sheet_id=self.ids["sheet"],
            support=["ecoute", "releve", "psychologue", "plainte"],
            told_on=today() - dt.timedelta(days=1),
            complaint_on=today(),
        )

    def decide(self) -> None:
        """A lesson, and a tension that comes back."""
        acts.open_action(
            actor=self.house.actors["theo"],
            team_id=self.team,
            text="Se placer côté portes dès que le ton monte, et le dire aux nouveaux.",
            owner_id=self.house.members["theo"],
            due_on=today() + dt.timedelta(days=12),
            origin=ActionOrigin.LECON,
        )
        self.ids["action"] = acts.open_action(
            actor=self.house.actors["claire"],
            team_id=self.house.teams["soir"],
            text="Convenir d’un horaire du local commun avec le gardien.",
            owner_id=self.house.members["samia"],
            due_on=today() + dt.timedelta(days=5),
            origin=ActionOrigin.RECURRENCE,
            site_id=self.hall,
            conflict_object="bruit",
        ).pk

    def finish(self) -> None:
        """Done, four days later."""
        acts.finish_action(actor=self.house.actors["samia"], action_id=self.ids["action"])
