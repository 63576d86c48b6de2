"""A few items of a year and more, so that words come back to be read again and the night has something to purge."""

import datetime as dt
from collections.abc import Callable
from functools import partial

from entremise.core.ids import uuid7
from entremise.core.time import day_bounds, local, now, today, told_at
from entremise.demonstration.asides import Asides
from entremise.demonstration.people import House
from entremise.demonstration.setting import Scene
from entremise.interventions import services as acts
from entremise.interventions.commands import RecordIntervention
from entremise.presence import services as presence
from entremise.privacy import services as privacy
from entremise.privacy.commands import PersonFacts
from entremise.privacy.services import retention
from entremise.privacy.services.holds import place_hold

NIGHT = dt.timedelta(hours=2, minutes=10)
OFFICE = dt.timedelta(hours=8, minutes=40)  # before the day begins

# Days ago, place, what was done, what was written. All within one month, which no report then compares with.
ACTS = (
    (
        386,
        "Place des Marronniers",
        "conflit_temps_reel",
        "Musique en fin de soirée. Quatre jeunes et un riverain ; accord de baisser à 22 h.",
    ),
    (
        381,
        "Hall 4, allée des Lilas",
        "mise_en_relation",
        "Courrier d’une prestation non compris. Rendez-vous pris ensemble à la maison des solidarités.",
    ),
    (
        376,
        "City-stade du Métier",
        "presence_active",
        "Dix minutes au bord du terrain, présentation de l’équipe à deux parents.",
    ),
    (
        370,
        "Hall 12, rue des Peupliers",
        "conflit_temps_reel",
        "Vélos dans le passage. Deux voisines, ton vif puis posé ; place trouvée au local.",
    ),
)
INSTRUCTIONS = (
    (420, "Réunion de locataires mardi : passer dire bonjour."),
    (402, "Chantier du square : expliquer le chemin provisoire."),
    (391, "Ascenseur du 8 à l’arrêt : prendre des nouvelles du cinquième étage."),
    (372, "Bruit signalé place des Marronniers, repasser jeudi."),
    (366, "La sortie du collège se décale à 16 h 15."),
    (352, "Amicale : prêter la main au repas de voisins samedi."),
    (347, "Affiches du tri à poser dans les halls."),
)
OBSERVATIONS = (
    (398, "Square de la Bobine", "nouvel_usage", "Le square sert de lieu de répétition en fin de journée."),
    (361, "Place des Marronniers", "ambiance", "Marché de Noël : beaucoup de monde, bonne humeur."),
)
BEFORE = 690  # days that the association existed before the three months which are told day by day
# Days since the last contact, year of birth.
PERSONS = ((775, 1951), (745, 1988), (731, 1979), (722, 1964), (709, 2001))


def tell(house: House, scene: Scene, today: dt.date) -> list[str]:
    """Each at its own date, by the same services as the rest; the references of the persons, oldest first."""
    references: list[str] = []
    samia, claire, team = house.actors["samia"], house.actors["claire"], house.teams["soir"]

    def note(place: str, register: str, words: str) -> None:
        acts.record_intervention(actor=samia, command=_act(house, scene, place, register, words))

    def observe(place: str, kind: str, words: str) -> None:
        presence.observe(actor=samia, team_id=team, site_id=scene.sites[place], watch_type=kind, text=words)

    def open_fiche(year: int) -> None:
        facts = PersonFacts(team_id=house.teams["accueil"], birth_year=year)
        references.append(privacy.open_person(actor=house.actors["jeanne"], facts=facts).reference)

    steps: list[tuple[int, Callable[[], object]]] = [(days, partial(note, *told)) for days, *told in ACTS]
    steps += [(days, partial(observe, *told)) for days, *told in OBSERVATIONS]
    steps += [(days, partial(open_fiche, year)) for days, year in PERSONS]
    steps += [
        (days, partial(presence.leave_instruction, actor=claire, team_id=team, text=words))
        for days, words in INSTRUCTIONS
    ]
    Asides((_at(today, days), step) for days, step in steps).tell(today)
    return references


def _at(today: dt.date, days: int) -> dt.datetime:
    return day_bounds(today - dt.timedelta(days=days))[0] + dt.timedelta(hours=18)


def _act(house: House, scene: Scene, place: str, register: str, words: str) -> RecordIntervention:
    conflict = register == "conflit_temps_reel"
    return RecordIntervention(
        id=uuid7(),
        team_id=house.teams["soir"],
        site_id=scene.sites[place],
        occurred_at=now(),
        registers=(register,),
        outcome="apaise" if conflict else "info_donnee",
        people_count=4,
        narrative=words,
        conflict_kind="voisins" if conflict else "",
        tension_before=3 if conflict else None,
        tension_after=1 if conflict else None,
    )


def nights(house: House, present: dt.datetime, references: list[str]) -> Callable[[int], None]:
    """What to call after each day (days ago), so that the journal keeps the order of things.

    Two nights that purge, a month apart; between them a hold that the officer placed, then a dry run.
    """
    dora = house.actors["dora"]
    last = local(present - NIGHT).date()  # the day whose small hours saw the latest passage
    present_day = local(present).date()

    def after(back: int) -> None:
        morning = day_bounds(present_day - dt.timedelta(days=back - 1))[0]
        before_last = (last - local(morning).date()).days
        if before_last in (31, 0):
            with told_at(morning + NIGHT):
                retention.tick()
        if before_last == 20:
            with told_at(morning + OFFICE):
                _hold(house, references[1])
        if before_last == 1:
            with told_at(morning + OFFICE):
                retention.rehearse_rule(actor=dora, rule_code="main-courante")

    return after


def _hold(house: House, reference: str) -> None:
    place_hold(
        actor=house.actors["dora"],
        kind="personne",
        reference=reference,
        reason="Recours en cours sur un refus de prestation : le dossier est demandé par la commission.",
        until=today() + dt.timedelta(days=180),
    )
