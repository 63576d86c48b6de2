"""What a few invented persons ask about their own data: one answered, one late, one to check, one erased."""

import datetime as dt
import uuid
from functools import partial

from entremise.core.ids import uuid7
from entremise.core.time import now, today
from entremise.demonstration.asides import Step
from entremise.demonstration.people import House
from entremise.demonstration.setting import Scene
from entremise.interventions import services as acts
from entremise.interventions.commands import RecordIntervention
from entremise.privacy import services as privacy
from entremise.privacy.commands import GiveAgreement, PersonFacts
from entremise.privacy.services import rights


def steps(house: House, scene: Scene, present: dt.datetime) -> list[Step]:
    """Five requests at different stages; the persons are followed by the evening team and by the drop-ins."""
    story = _Story(house, scene)
    told = (
        (75, story.open_fiches),
        (60, story.first_act),
        (54, story.second_act),
        (52, partial(story.ask, "samia", "acces", "mother", "Elle veut savoir ce qui est noté sur son logement.")),
        (47, story.give_the_copy),
        (41, partial(story.ask, "jeanne", "rectification", "elder", "Son année de naissance est fausse : 1947.")),
        (38, partial(story.check, "rectification")),
        (27, story.by_letter),
        (26, partial(story.ask, "paul", "effacement", "leaver", "Il quitte la ville et ne veut rien laisser ici.")),
        (24, story.erase),
        (3, partial(story.ask, "samia", "opposition", "mother", "Elle ne veut plus être rappelée le soir.")),
    )
    return [(present - dt.timedelta(days=days), step) for days, step in told]


class _Story:
    """The persons who ask, and what they asked, by right."""

    def __init__(self, house: House, scene: Scene) -> None:
        self.house, self.scene = house, scene
        self.dora = house.actors["dora"]
        self.persons: dict[str, uuid.UUID] = {}
        self.asked: dict[str, uuid.UUID] = {}
        self.thread_id: uuid.UUID

    def open_fiches(self) -> None:
        """A mother, an elder, somebody about to leave."""
        self.persons["mother"] = _person(
            self.house,
            "samia",
            "soir",
            name="Nadège Rouvière",
            name_reason="demarche",
            birth_year=1987,
            speaks=("fr", "pt"),
            reads=("pt",),
            phone="06 39 98 10 24",
            contact_reason="rappel",
            contact_way="sms",
        )
        self.persons["elder"] = _person(
            self.house, "jeanne", "accueil", birth_year=1949, speaks=("ar", "fr"), contact_way="en_personne"
        )
        self.persons["leaver"] = _person(
            self.house,
            "paul",
            "soir",
            name="Anselme Tardivel",
            name_reason="rappel",
            age_band="vingt_cinq_trente_neuf",
            speaks=("fr",),
        )

    def first_act(self) -> None:
        """What the other party said stays out of the copy given to the person."""
        opened = acts.open_person_thread(actor=self.house.actors["samia"], person_id=self.persons["mother"])
        self.thread_id = opened.pk
        _note(
            self.house,
            self.scene,
            self.thread_id,
            registers=("conflit_temps_reel",),
            outcome="apaise",
            tension_before=3,
            tension_after=1,
            party_a="Une mère et ses deux enfants, au 3e",
            party_b="Le voisin du dessous, qui travaille de nuit",
            narrative="Échange vif dans l’escalier, bruit du matin. Chacun dit ses heures. Ils se parlent demain.",
        )

    def second_act(self) -> None:
        """A step done together."""
        _note(
            self.house,
            self.scene,
            self.thread_id,
            registers=("mise_en_relation",),
            outcome="relais_pris",
            demands=("demarche_numerique",),
            actions=("aide_demarche", "mise_en_relation"),
            narrative="Demande de logement renouvelée ensemble. Le service du logement la rappelle vendredi.",
        )

    def ask(self, who: str, kind: str, person: str, words: str) -> None:
        """A mediator notes what somebody asks."""
        self.asked[kind] = _ask(self.house, who, kind, self.persons[person], words)

    def by_letter(self) -> None:
        """Somebody unknown writes."""
        words = "Un locataire écrit : que savez-vous de mes voisins et de moi ?"
        _ask(self.house, "claire", "acces", None, words, "courrier")

    def check(self, kind: str) -> None:
        """Dora takes it and makes sure who asks."""
        rights.take_request(actor=self.dora, request_id=self.asked[kind])
        rights.check_identity(actor=self.dora, request_id=self.asked[kind], how="reconnue")

    def give_the_copy(self) -> None:
        """The access is answered."""
        self.check("acces")
        words = "Remis en main propre à la permanence, relu ensemble en portugais."
        answer = rights.Answer(outcome="acceptee", words=words)
        rights.answer_request(actor=self.dora, request_id=self.asked["acces"], answer=answer)

    def erase(self) -> None:
        """The one who leaves is erased."""
        self.check("effacement")
        request = rights.get_request(self.dora, self.asked["effacement"])
        reference = request.person.reference  # type: ignore[union-attr]
        rights.erase_on_request(actor=self.dora, request_id=request.pk, typed=reference)


def _person(house: House, who: str, team: str, **facts: object) -> uuid.UUID:
    person = privacy.open_person(
        actor=house.actors[who],
        facts=PersonFacts(team_id=house.teams[team], **facts),  # type: ignore[arg-type]
    )
    privacy.give_agreement(
        actor=house.actors[who],
        command=GiveAgreement(
            person_id=person.pk,
            purpose="suivi",
            manner="parole",
            language=person.speaks[0],
            interpreter="aucun",
            happened_on=today(),
            notice_explained=True,
        ),
    )
    return person.pk


def _note(house: House, scene: Scene, thread_id: uuid.UUID, **facts: object) -> None:
    command = RecordIntervention(
        id=uuid7(),
        team_id=house.teams["soir"],
        site_id=scene.sites["Place des Marronniers"],
        occurred_at=now(),
        thread_id=thread_id,
        **facts,  # type: ignore[arg-type]
    )
    acts.record_intervention(actor=house.actors["samia"], command=command)


def _ask(
    house: House, who: str, kind: str, person_id: uuid.UUID | None, words: str, channel: str = "vive_voix"
) -> uuid.UUID:
    facts = rights.RequestFacts(
        kind=kind, received_on=today(), channel=channel, words=words, person_id=person_id, reply_to="À la permanence"
    )
    return rights.record_request(actor=house.actors[who], facts=facts).pk
