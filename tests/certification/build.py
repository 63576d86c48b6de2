"""A certifying body with its people, its candidates and its juries."""

from dataclasses import dataclass, field

from entremise.accounts import services as accounts
from entremise.accounts.enums import OrganisationKind, Role
from entremise.certification.commands import (
    CandidacyFacts,
    CivilStatus,
    JurorFacts,
    MarkFacts,
    ResultFacts,
    SessionFacts,
    TieFacts,
)
from entremise.certification.models import Candidate, ExamSession, Juror, Minutes, Seat, Sitting, Tie
from entremise.certification.services import deliberation, minutes, sessions
from entremise.certification.services.candidates import open_candidate
from entremise.certification.services.jurors import keep_juror
from entremise.certification.services.ties import declare_tie
from entremise.competences.queries import record_facts
from entremise.competences.services import load_shipped_records
from entremise.core.actor import system_actor
from entremise.core.time import today
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
            confidentiality_on=today(),
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


def session(made: House, people, *, blocks=BLOCKS, seated=SEATED, convoked=True) -> ExamSession:
    """A session of today with these candidates and this jury."""
    facts = SessionFacts(starts_on=today(), ends_on=today(), place="Maison des associations", postal_code="31000")
    found = sessions.plan_session(actor=made.boss, facts=facts)
    told = {"actor": made.boss, "session_id": found.pk}
    for one in people:
        sessions.add_sittings(candidate_id=one.pk, block_codes=blocks, **told)
    for name in seated:
        sessions.seat_juror(juror_id=made.jurors[name].pk, **told)
    return sessions.convoke(**told) if convoked else found


def opened(made: House, people, **options) -> ExamSession:
    """The same, on the day."""
    found = session(made, people, **options)
    return sessions.open_exam(actor=made.boss, session_id=found.pk, absent_seats=(), absent_sittings=())


def tie(made: House, name: str, person: Candidate, kind: str = "family", **facts) -> Tie:
    """A link that the certifier notes."""
    told = TieFacts(juror_id=made.jurors[name].pk, candidate_id=person.pk, kind=kind, **facts)
    return declare_tie(actor=made.boss, facts=told)


def seat_of(made: House, found: ExamSession, name: str) -> Seat:
    """Someone's place."""
    return Seat.objects.get(session=found, juror=made.jurors[name])


def mark(made: House, name: str, sitting: Sitting, verdict: str = "acquired", level: str = "shown", comment: str = ""):
    """A member's grid for a passage, the same level everywhere."""
    block = record_facts(sitting.session.record_code).block(sitting.block_code)
    facts = MarkFacts(levels={one.code: level for one in block.competences}, verdict=verdict, comment=comment)
    actor = made.people[name].actor
    return deliberation.give_marks(actor=actor, session_id=sitting.session_id, sitting_id=sitting.pk, facts=facts)


def mark_all(made: House, found: ExamSession, names=SEATED, refused=()) -> None:
    """Everyone marks everything; ``refused``: the blocks nobody finds acquired."""
    for sitting in Sitting.objects.filter(session=found):
        verdict = "not_acquired" if sitting.block_code in refused else "acquired"
        for name in names:
            mark(made, name, sitting, verdict)


def deliberated(made: House, found: ExamSession, refused=(), names=SEATED, president="irene", words="") -> ExamSession:
    """Marked, and decided as the voices say; ``words`` go with a refusal."""
    mark_all(made, found, names, refused)
    told = {"actor": made.people[president].actor, "session_id": found.pk}
    deliberation.begin_deliberation(**told)
    for sitting in Sitting.objects.filter(session=found):
        lost = sitting.block_code in refused
        facts = ResultFacts(
            outcome="not_acquired" if lost else "acquired",
            reason=words or "Le diagnostic ne s’appuie sur aucune observation." if lost else "",
            advice=words or "Refaire un diagnostic à partir de vos tournées." if lost else "",
        )
        deliberation.decide(sitting_id=sitting.pk, facts=facts, **told)
    return found


def drawn(made: House, found: ExamSession, president="irene") -> Minutes:
    """The minutes, to be signed."""
    return minutes.draw_minutes(actor=made.people[president].actor, session_id=found.pk)


def sealed(made: House, people, *, refused=(), **options) -> ExamSession:
    """A whole session, from its convocation to its sealed minutes."""
    found = deliberated(made, opened(made, people, **options), refused)
    text = drawn(made, found)
    for name in SEATED:
        minutes.sign_minutes(actor=made.people[name].actor, session_id=found.pk, digest=text.digest)
    found.refresh_from_db()
    return found
