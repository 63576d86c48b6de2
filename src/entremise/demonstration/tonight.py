"""The present moment of the demonstration: a round that is going on, so that the day is never empty."""

import datetime as dt
import uuid

from entremise.core.ids import uuid7
from entremise.core.time import told_at
from entremise.demonstration.people import House
from entremise.demonstration.registers import dark_lamp
from entremise.demonstration.setting import Scene
from entremise.interventions import services as acts
from entremise.interventions.commands import Heads, RecordIntervention
from entremise.presence import services as presence
from entremise.presence.enums import RoundKind
from entremise.presence.services.photos import report_with_photos


def tell(house: House, scene: Scene, present: dt.datetime) -> None:
    """A drop-in that just ended, an instruction, and the evening round of Samia and Paul at its third stop."""
    _drop_in(house, scene, present - dt.timedelta(hours=3))
    with told_at(present - dt.timedelta(minutes=100)):
        presence.leave_instruction(
            actor=house.actors["claire"],
            team_id=house.teams["soir"],
            text="Place des Marronniers : repasser en fin de tournée, les riverains attendent un retour sur le bruit.",
            site_id=scene.sites["Place des Marronniers"],
        )
    _round(house, scene, present - dt.timedelta(minutes=90))


def _drop_in(house: House, scene: Scene, start: dt.datetime) -> None:
    jeanne, team = house.actors["jeanne"], house.teams["accueil"]
    site = scene.sites["Permanence du Gué-Blanc"]
    with told_at(start):
        outing = presence.open_round(
            actor=jeanne,
            team_id=team,
            kind=RoundKind.PERMANENCE,
            sector_id=scene.sectors["Campagne et accueils"],
        )
        stop = presence.arrive_at_site(actor=jeanne, round_id=outing.pk, site_id=site)
        for band in ("soixante_dix_plus", "soixante_dix_plus", "quarante_cinquante_neuf", "vingt_cinq_trente_neuf"):
            presence.tally(actor=jeanne, stop_id=stop.pk, band=band)
        presence.set_atmosphere(actor=jeanne, stop_id=stop.pk, atmosphere="ras")
    with told_at(start + dt.timedelta(minutes=40)):
        acts.record_intervention(
            actor=jeanne,
            command=RecordIntervention(
                id=uuid7(),
                team_id=team,
                site_id=site,
                round_id=outing.pk,
                occurred_at=start + dt.timedelta(minutes=35),
                registers=("mise_en_relation",),
                outcome="relais_pris",
                origin="habitant",
                people_count=2,
                ages=(Heads(code="soixante_dix_plus", count=2),),
                demands=("demarche_numerique",),
                themes=("retraite",),
                actions=("aide_demarche", "mise_en_relation"),
                narrative="Un couple n’arrivait pas à joindre sa caisse de retraite. Compte ouvert ensemble, rendez-vous pris.",
                duration_minutes=30,
            ),
        )
    with told_at(start + dt.timedelta(minutes=80)):
        presence.close_round(actor=jeanne, round_id=outing.pk)


def _round(house: House, scene: Scene, start: dt.datetime) -> None:
    samia, team = house.actors["samia"], house.teams["soir"]
    with told_at(start):
        outing = presence.open_round(
            actor=samia,
            team_id=team,
            kind=RoundKind.TOURNEE,
            sector_id=scene.sectors["Les Tisserands"],
            member_ids=[house.members["paul"]],
        )
    stops = (
        (5, "Abords de la tour Navette", "anime", ("douze_dix_huit",) * 5 + ("quarante_cinquante_neuf",) * 4),
        (35, "Hall 12, rue des Peupliers", "tendu", ("dix_huit_vingt_quatre",) * 3 + ("soixante_dix_plus",)),
        (70, "Hall 4, allée des Lilas", "ras", ("moins_de_douze",) * 2 + ("vingt_cinq_trente_neuf",) * 6),
    )
    for minutes, name, mood, bands in stops:
        with told_at(start + dt.timedelta(minutes=minutes)):
            stop = presence.arrive_at_site(actor=samia, round_id=outing.pk, site_id=scene.sites[name])
            for band in bands:
                presence.tally(actor=samia, stop_id=stop.pk, band=band)
            presence.set_atmosphere(actor=samia, stop_id=stop.pk, atmosphere=mood)
    with told_at(start + dt.timedelta(minutes=50)):
        acts.record_intervention(actor=samia, command=_noise(house, scene, outing.pk, start))
    with told_at(start + dt.timedelta(minutes=75)):
        report_with_photos(
            actor=house.actors["paul"],
            photos=[dark_lamp()],
            team_id=team,
            site_id=scene.sites["Parking des Lilas"],
            category="eclairage",
            urgency="urgent",
            description="Trois lampes éteintes du côté de la sortie.",
            round_id=outing.pk,
        )
    for minutes, name in ((73, "samia"), (77, "paul")):
        with told_at(start + dt.timedelta(minutes=minutes + 5)):
            acts.record_intervention(
                actor=house.actors[name], command=_letter(house, scene, outing.pk, start, minutes, name)
            )


# Both noted the same meeting, each on a phone: the page of who may say so offers to make one of them.
_LETTER = {
    "samia": "Un père devant un courrier de l’école qu’il ne comprenait pas. Lu ensemble, rendez-vous pris.",
    "paul": "Courrier de l’école relu avec un père de famille, rendez-vous pris avec la directrice.",
}


def _letter(
    house: House, scene: Scene, outing: uuid.UUID, start: dt.datetime, minutes: int, name: str
) -> RecordIntervention:
    return RecordIntervention(
        id=uuid7(),
        team_id=house.teams["soir"],
        site_id=scene.sites["Hall 4, allée des Lilas"],
        round_id=outing,
        occurred_at=start + dt.timedelta(minutes=minutes),
        registers=("mise_en_relation",),
        outcome="relais_pris",
        origin="habitant",
        people_count=1,
        ages=(Heads(code="quarante_cinquante_neuf", count=1),),
        actions=("aide_demarche",),
        narrative=_LETTER[name],
        duration_minutes=10,
    )


def _noise(house: House, scene: Scene, outing: uuid.UUID, start: dt.datetime) -> RecordIntervention:
    return RecordIntervention(
        id=uuid7(),
        team_id=house.teams["soir"],
        site_id=scene.sites["Hall 12, rue des Peupliers"],
        round_id=outing,
        occurred_at=start + dt.timedelta(minutes=38),
        second_author_id=house.members["paul"],
        registers=("conflit_temps_reel",),
        outcome="apaise",
        origin="initiative_mediateur",
        conflict_kind="voisins",
        conflict_objects=("bruit",),
        party_a="Une voisine",
        party_b="Trois jeunes adultes",
        history="repete",
        tension_before=3,
        tension_after=1,
        link="repris",
        people_count=4,
        ages=(Heads(code="dix_huit_vingt_quatre", count=3, estimated=True), Heads(code="soixante_dix_plus", count=1)),
        publics=("habitant", "jeune"),
        actions=("dialogue", "desamorcage"),
        follow_ups=("repassage",),
        narrative="Une voisine et trois jeunes, musique dans le hall. Son baissé, accord de finir à 22 h. Repasser jeudi.",
        duration_minutes=12,
    )
