"""A certifying body with its people, its candidates and its juries."""

from dataclasses import dataclass, field

from entremise.accounts import services as accounts
from entremise.accounts.enums import OrganisationKind, Role
from entremise.certification.commands import CandidacyFacts, CivilStatus, JurorFacts
from entremise.certification.models import Candidate, Juror
from entremise.certification.services.candidates import open_candidate
from entremise.certification.services.jurors import keep_juror
from entremise.competences.services import load_shipped_records
from entremise.core.actor import system_actor
from tests.cast import Person, _join

BLOCKS = tuple(f"RNCP41674BC0{rank}" for rank in (1, 2, 3, 4))
# first name → (role, quality of the seat, external)
JURY = {
    "pauline": ("professional", True),
    "pierre": ("professional", True),
    "irene": ("institution", True),
    "coralie": ("certifier", False),
    "petra": ("professional", True),
    "igor": ("institution", True),
    "cyril": ("certifier", False),
}
SEATED = ("pauline", "pierre", "irene", "coralie")
OTHERS = {"celine": Role.CERTIFICATEUR, "farid": Role.FORMATEUR, "camille": Role.CANDIDAT}


@dataclass
class House:
    """The certifier's organisation; people by first name."""

    organisation: object
    people: dict[str, Person] = field(default_factory=dict)
    jurors: dict[str, Juror] = field(default_factory=dict)

    @property
    def boss(self):
        """The actor of the certifier's own staff."""
        return self.people["celine"].actor


def house(name: str = "Jury commun", suffix: str = "", words: str = "Responsable de secteur") -> House:
    """The certifier, its staff, seven people on its roster (``words``: their function); the record loaded."""
    load_shipped_records(actor=system_actor())
    body = accounts.create_organisation(name=name, kind=OrganisationKind.CERTIFICATEUR)
    made = House(body)
    for first, role in OTHERS.items():
        made.people[first] = _join(body, first + suffix, [role], [])
    for first, (kind, external) in JURY.items():
        made.people[first] = _join(body, first + suffix, [Role.JURY], [])
        facts = JurorFacts(
            member_id=made.people[first].member.pk,
            kind=kind,
            is_external=external,
            function=words,
            employer=f"Structure de {first}",
        )
        made.jurors[first] = keep_juror(actor=made.boss, facts=facts)
    return made


def civil(**facts) -> CivilStatus:
    """An invented person, as their birth certificate names them."""
    told = {
        "sex": "F",
        "birth_name": "Lafleur-Ménez",
        "first_names": "Camille, Rose",
        "born_on": "1990-04-12",
        "birth_place": "Toulouse",
        "birth_code": "31555",
        "employer": "Régie des Tilleuls",
    }
    return CivilStatus(**(told | facts))


def candidacy(**facts) -> CandidacyFacts:
    """A candidacy whose prerequisites are proven."""
    told = {
        "route": "continuing",
        "block_codes": BLOCKS,
        "experience_months": 8,
        "experience_nature": "volunteer",
        "internship_hours": 245,
    }
    return CandidacyFacts(**(told | facts))


def candidate(made: House, /, route: CandidacyFacts | None = None, **facts) -> Candidate:
    """A file in this house."""
    return open_candidate(actor=made.boss, civil_status=civil(**facts), candidacy=route or candidacy())
