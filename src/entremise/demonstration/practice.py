"""What a few invented mediators look back on: two notebooks, a meeting that was held, one to come."""

import datetime as dt
import uuid
from functools import partial

from entremise.core.ids import uuid7
from entremise.core.time import now
from entremise.demonstration.asides import Step
from entremise.demonstration.people import House
from entremise.demonstration.setting import Scene
from entremise.interventions import services as acts
from entremise.interventions.commands import RecordIntervention
from entremise.practice.commands import Answers, Convene, GiveRoles, Reread, WriteSheet
from entremise.practice.enums import GroupRole
from entremise.practice.presets import PHASES
from entremise.practice.queries.meetings import get_meeting, seats_of
from entremise.practice.services import meetings, pages, sheets

HAND: Answers = {
    "story": (
        "Devant le hall, une mère accompagne son fils convoqué au collège. Je tends la main pour me présenter, elle "
        "met la sienne sur le cœur. Je me sens repoussé, je réponds sèchement et je coupe court."
    ),
    "situation": "En fin d’après-midi, du monde autour, une première rencontre.",
    "me": "Médiateur, en tenue, depuis deux ans dans le quartier. Je voulais qu’on me voie comme quelqu’un de proche.",
    "other": "Une mère, connue des voisines, inquiète pour son fils. Elle ne savait pas ce que je voulais.",
    "reactions": "Vexé d’abord. Puis gêné de l’être, et pressé d’en finir.",
    "image": "legerement_negative",
    "zones": ["echanges", "espace_temps", "individu_collectif"],
    "my_frame": "Chez moi, tendre la main ouvre l’échange ; la refuser, c’est refuser la personne.",
    "their_frame": "Elle a mis la main sur le cœur : pour elle, c’était déjà me saluer. Elle me l’a dit le lendemain.",
    "hypotheses": [
        ["Ce geste est sa façon de saluer quelqu’un qu’elle ne connaît pas", "Regarder comment elle salue les voisins"],
        [
            "Elle croyait que je venais de la part du collège",
            "Lui demander, jeudi, ce qu’elle a compris de notre tenue",
        ],
        ["Elle voulait protéger son fils du regard des autres", "Proposer de parler à l’écart, et voir"],
    ],
    "issue": "Se présenter sans imposer sa façon d’entrer en relation.",
    "common": "Se saluer chacun à sa façon, et dire tout de suite qui l’on est.",
    "limits": "Pas de limite ici : ni la loi ni l’intégrité de personne n’étaient en cause.",
    "next": "Repasser jeudi, à la sortie.",
    "principles": ["impartialite", "consentement"],
    "keep": "Être revenu le lendemain, et avoir demandé.",
    "change": "Attendre de voir comment la personne salue avant de tendre la main.",
    "training": "Premiers contacts, malentendus",
    "competences": ["RNCP41674-C5", "RNCP41674-C9", "RNCP41674-C11"],
}
BENCH: Answers = {
    "story": "Trois jeunes, un banc, la musique. Une riveraine crie de sa fenêtre. Je parle aux jeunes les premiers.",
    "feelings": "Pressé par la fenêtre. Soulagé quand le son a baissé.",
    "good": "Avoir proposé l’autre banc, plus loin des chambres.",
    "bad": "Être monté la voir après seulement : elle s’est sentie oubliée.",
    "analysis": "J’ai réglé le bruit, pas la relation. Les deux attendaient d’être entendus.",
    "otherwise": "Faire signe à la fenêtre d’abord, dire que je monte.",
    "plan": "À deux : l’un reste en bas, l’autre monte tout de suite.",
    "principles": ["impartialite", "dialogue"],
    "keep": "La proposition du second banc.",
    "change": "Dire à chacun que je vais l’écouter, dans quel ordre.",
    "competences": ["RNCP41674-C7"],
}
MINUTE: Answers = {
    "story": "La minute où le ton est monté au guichet, avant que le gardien ne s’en mêle.",
    "senses": "La porte qui bat, la file derrière, sa main qui serre le dossier.",
    "actions": "Je pose mon stylo. Je recule d’un pas. Je dis l’heure qu’il est et combien de temps on a.",
    "signs": "Ses épaules descendent quand je dis « on a vingt minutes ».",
    "keep": "Dire le temps que l’on a.",
}


def steps(house: House, scene: Scene, present: dt.datetime) -> list[Step]:
    """Sheets of Samia and Jeanne; a meeting held ten days ago and kept by nobody, another one next week."""
    story = _Story(house, scene)
    again = Reread(done="en_partie", words="Deux fois sur trois. Quand je suis seul, je monte encore trop tard.")
    held = (present - dt.timedelta(days=10, hours=2)).replace(minute=0)
    told: list[Step] = [
        (
            present - dt.timedelta(days=64),
            partial(story.write, "bench", "samia", "gibbs", "La fenêtre et le banc", BENCH),
        ),
        (present - dt.timedelta(days=38), story.act),
        # Thirty days have passed: this one waits to be read again.
        (present - dt.timedelta(days=37), partial(story.write, "hand", "samia", "incident", "La main tendue", HAND)),
        (present - dt.timedelta(days=33), partial(story.read_again, "bench", "samia", again)),
        (present - dt.timedelta(days=15), partial(story.convene, "held", "maud", ("samia", "paul", "theo"), held)),
        (held, story.open),
    ]
    elapsed = held
    for rank, phase in enumerate(PHASES):
        elapsed += dt.timedelta(minutes=phase.minutes)
        told.append((elapsed, partial(story.forward, rank)))
    told.append((elapsed + dt.timedelta(minutes=4), story.let_go))
    minute = partial(story.write, "minute", "jeanne", "explicitation", "Vingt minutes au guichet", MINUTE)
    told.append((present - dt.timedelta(days=9), minute))
    coming = (present + dt.timedelta(days=6)).replace(minute=0)
    invite = partial(story.convene, "coming", "paul", ("samia", "maud", "idriss"), coming)
    told.append((present - dt.timedelta(days=1), invite))
    return told


class _Story:
    """The sheets and meetings, by name."""

    def __init__(self, house: House, scene: Scene) -> None:
        self.house, self.scene = house, scene
        self.sheets: dict[str, uuid.UUID] = {}
        self.meetings: dict[str, uuid.UUID] = {}

    def act(self) -> None:
        """The moment of the first grid, as it was noted that day."""
        command = RecordIntervention(
            id=uuid7(),
            team_id=self.house.teams["soir"],
            site_id=self.scene.sites["Place des Marronniers"],
            occurred_at=now(),
            registers=("presence_active",),
            outcome="dialogue_retabli",
            narrative="Une mère met la main sur le cœur quand je tends la mienne. Échange bref, repris le lendemain.",
        )
        acts.record_intervention(actor=self.house.actors["samia"], command=command)

    def write(self, key: str, who: str, layout: str, title: str, answers: Answers) -> None:
        """A finished sheet."""
        command = WriteSheet(layout=layout, title=title, answers=answers, finish=True)
        self.sheets[key] = sheets.write_sheet(actor=self.house.actors[who], command=command).pk

    def read_again(self, key: str, who: str, command: Reread) -> None:
        """Thirty days later."""
        sheets.reread_sheet(actor=self.house.actors[who], sheet_id=self.sheets[key], command=command)

    def convene(self, key: str, who: str, invited: tuple[str, ...], at: dt.datetime) -> None:
        """A meeting planned; those of the past all answer yes."""
        command = Convene(planned_at=at, member_ids=[self.house.members[name] for name in invited])
        meeting = meetings.convene(actor=self.house.actors[who], command=command).pk
        self.meetings[key] = meeting
        for name in invited if key == "held" else ():
            meetings.answer_invitation(actor=self.house.actors[name], meeting_id=meeting, comes=True)

    def open(self) -> None:
        """Roles are given, and the frame is said."""
        maud, meeting = self.house.actors["maud"], self.meetings["held"]
        roles = {self.house.members["maud"]: GroupRole.ANIMATEUR, self.house.members["paul"]: GroupRole.EXPOSANT}
        roles[self.house.members["theo"]] = GroupRole.OBSERVATEUR
        seats = seats_of(get_meeting(maud, meeting))
        given = {line.seat.pk: roles.get(line.seat.member_id, GroupRole.PARTICIPANT).value for line in seats}
        meetings.give_roles(actor=maud, meeting_id=meeting, command=GiveRoles(roles=given))
        meetings.open_meeting(actor=maud, meeting_id=meeting)

    def forward(self, rank: int) -> None:
        """The next phase, or the end."""
        pages.next_phase(actor=self.house.actors["maud"], meeting_id=self.meetings["held"], from_phase=rank)

    def let_go(self) -> None:
        """Nobody needs the page any more: it disappears."""
        pages.say_keep(actor=self.house.actors["maud"], meeting_id=self.meetings["held"], keeps=False)
