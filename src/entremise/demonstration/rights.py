"""What a few invented persons ask about their own data: one answered, one late, one to check, one erased."""

import datetime as dt
import uuid

from entremise.core.ids import uuid7
from entremise.core.time import now, today, told_at
from entremise.demonstration.people import House
from entremise.demonstration.setting import Scene
from entremise.interventions import services as acts
from entremise.interventions.commands import RecordIntervention
from entremise.privacy import services as privacy
from entremise.privacy.commands import GiveAgreement, PersonFacts
from entremise.privacy.services import rights


def tell(house: House, scene: Scene, present: dt.datetime) -> None:
    """Five requests at different stages; the persons are followed by the evening team and by the drop-ins."""
    with told_at(present - dt.timedelta(days=75)):
        mother = _person(
            house,
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
        elder = _person(house, "jeanne", "accueil", birth_year=1949, speaks=("ar", "fr"), contact_way="en_personne")
        leaver = _person(
            house,
            "paul",
            "soir",
            name="Anselme Tardivel",
            name_reason="rappel",
            age_band="vingt_cinq_trente_neuf",
            speaks=("fr",),
        )
    _follow(house, scene, mother, present - dt.timedelta(days=60))
    with told_at(present - dt.timedelta(days=52)):
        access = _ask(house, "samia", "acces", mother, "Elle veut savoir ce qui est noté sur son dossier de logement.")
    with told_at(present - dt.timedelta(days=47)):
        _check(house, access)
        told = "Remis en main propre à la permanence, relu ensemble en portugais."
        rights.answer_request(
            actor=house.actors["dora"], request_id=access, answer=rights.Answer(outcome="acceptee", words=told)
        )
    with told_at(present - dt.timedelta(days=41)):
        late = _ask(house, "jeanne", "rectification", elder, "Son année de naissance est fausse : 1947, pas 1949.")
    with told_at(present - dt.timedelta(days=38)):
        _check(house, late)
    with told_at(present - dt.timedelta(days=26)):
        erasure = _ask(house, "paul", "effacement", leaver, "Il quitte la ville et ne veut plus rien laisser ici.")
    with told_at(present - dt.timedelta(days=24)):
        _check(house, erasure)
        reference = rights.get_request(house.actors["dora"], erasure).person.reference  # type: ignore[union-attr]
        rights.erase_on_request(actor=house.actors["dora"], request_id=erasure, typed=reference)
    with told_at(present - dt.timedelta(days=27)):
        _ask(
            house, "claire", "acces", None, "Un locataire écrit : que savez-vous de mes voisins et de moi ?", "courrier"
        )
    with told_at(present - dt.timedelta(days=3)):
        _ask(house, "samia", "opposition", mother, "Elle ne veut plus être rappelée le soir.")


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


def _follow(house: House, scene: Scene, person_id: uuid.UUID, at: dt.datetime) -> None:
    """A thread of two acts: what the other party said stays out of the copy given to the person."""
    samia = house.actors["samia"]
    with told_at(at):
        thread = acts.open_person_thread(actor=samia, person_id=person_id)
        _note(
            house,
            scene,
            thread.pk,
            registers=("conflit_temps_reel",),
            outcome="apaise",
            tension_before=3,
            tension_after=1,
            party_a="Une mère et ses deux enfants, au 3e",
            party_b="Le voisin du dessous, qui travaille de nuit",
            narrative="Échange vif dans l’escalier, bruit du matin. Chacun dit ses heures. Ils se parlent demain.",
        )
    with told_at(at + dt.timedelta(days=6)):
        _note(
            house,
            scene,
            thread.pk,
            registers=("mise_en_relation",),
            outcome="relais_pris",
            demands=("demarche_numerique",),
            actions=("aide_demarche", "mise_en_relation"),
            narrative="Demande de logement renouvelée ensemble. Le service du logement la rappelle vendredi.",
        )


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


def _check(house: House, request_id: uuid.UUID) -> None:
    rights.take_request(actor=house.actors["dora"], request_id=request_id)
    rights.check_identity(actor=house.actors["dora"], request_id=request_id, how="reconnue")
