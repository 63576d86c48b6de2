"""The certifying bodies of ``tests/matrix_world.py``: two, each with its candidates, its jury and its marks.

The certifier is an organisation of its own: nobody of the mediators' employer reads a word of it, and its people read
nothing of theirs.
"""

from entremise.certification.commands import CompanionFacts
from entremise.certification.services.candidates import name_companion
from tests.certification import build

KINDS = {"candidate_id": "candidate", "juror_id": "juror"}
THERE = {"noor"}
AUDIENCES = {
    "candidat": {"celine", "farid", "camille"},  # the name of a candidate
    "etat-civil": {"celine"},
    "jury": {"celine"},  # what the roster says of its people
    "certificateur-etranger": THERE,
}
SHOWN = ("celine", "farid", "camille", "pauline", "irene")


def fill(world) -> None:
    """A candidate, their trainer and a roster on each side."""
    here = _side(world.own, "Jury commun", "", "MARQUE-candidat-FIN", "MARQUE-etat-civil-FIN", "MARQUE-jury-FIN")
    foreign = ["MARQUE-certificateur-etranger-FIN"] * 3
    there = _side(world.foreign, "Autre jury", "-b", *foreign)
    for name in SHOWN:
        setattr(world.cast, name, here.people[name])
    world.cast.noor = there.people["celine"]


def _side(found, name: str, suffix: str, named: str, civil: str, seated: str) -> build.House:
    house = build.house(name, suffix, words=seated)
    account = house.people["camille"].member.pk
    told = {"birth_place": civil, "employer": civil, "accommodations": civil, "member_id": account}
    candidate = build.candidate(house, birth_name=named, **told)
    facts = CompanionFacts(kind="trainer", member_id=house.people["farid"].member.pk, structure=civil)
    name_companion(actor=house.boss, candidate_id=candidate.pk, facts=facts)
    found |= {"candidate": [candidate.pk], "juror": [house.jurors["pauline"].pk]}
    return house
