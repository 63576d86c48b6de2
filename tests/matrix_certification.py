"""The certifying bodies of ``tests/matrix_world.py``: two, each with its candidates, its jury and its marks.

The certifier is an organisation of its own: nobody of the mediators' employer reads a word of it, and its people read
nothing of theirs.
"""

import uuid

from entremise.accounts.enums import Role
from entremise.certification.commands import CompanionFacts
from entremise.certification.models import (
    Deposit,
    Sitting,
    SubmissionFile,
    Survey,
    VaeArrival,
    VaeCorrection,
    VaeDossier,
    VaePiece,
    VaeSend,
)
from entremise.certification.services.candidates import name_companion
from entremise.certification.services.certificates import deliver_certificate
from entremise.certification.services.minutes import sign_minutes
from entremise.certification.services.portfolio import pledge_confidentiality, submit_portfolio
from entremise.certification.services.preparing import attach_account, name_body, say_who_prepares
from entremise.certification.services.vae_decisions import name_service_id
from entremise.competences.models import ExportEntry, Record, RegisterExport
from entremise.core.time import now, today
from tests.cast import _join
from tests.certification import build, build_vae
from tests.practice import build_portfolio

YEAR = 2024
KINDS = {"candidate_id": "candidate", "juror_id": "juror", "body_id": "body"}
KINDS |= {"certificate_id": "certificate", "deposit_id": "deposit"}
TEXTS = {"number": "CERT-2026-00001", "check": "inconnu", "year": YEAR}
KINDS |= {"correction_id": "correction", "document_id": "document", "survey_id": "survey", "minutes_id": "minutes"}
TEXTS |= {"key": "inconnue"}
KINDS |= {"exam_id": "exam", "sitting_id": "sitting", "seat_id": "seat"}
KINDS |= {"export_id": "register_export", "block_id": "block"}
TEXTS |= {"record_code": "RNCP41674", "older_code": "RNCP41674", "route": "individual"}
TEXTS |= {"exam": "simulation"}
THERE = {"noor"}
KINDS |= {"tie_id": "tie"}
KINDS |= {"send_id": "send", "arrival_id": "arrival", "piece_id": "piece"}
TEXTS |= {"block_code": build.BLOCKS[1]}
AUDIENCES = {
    "vae": {"celine", "farid"},  # the words of a VAE: the house, and who accompanies; not the trainer of another
    "candidat": {"celine", "farid", "camille", "pauline", "irene", "prune", "lena"},  # the name of a candidate
    "grille": {"pauline"},  # a member's own grid, before the deliberation
    "motif": {"celine", "camille", "lena"},  # why a block was not acquired, as the sealed minutes say it
    "etat-civil": {"celine"},
    "jury": {"celine"},  # what the roster says of its people
    "portfolio-depose": {"camille", "pauline"},  # its author, and who signed before reading
    "registre-depose": {"camille", "pauline", "celine"},  # the certifier reads the ledgers, and nothing else
    "certificateur-etranger": THERE,
}
BC1, BC2, BC3 = ([code] for code in build.BLOCKS[:3])
SHOWN = ("celine", "farid", "camille", "pauline", "irene", "prune", "lena")


def fill(world) -> None:
    """A candidate, their trainer and a roster on each side."""
    marks = [f"MARQUE-{name}-FIN" for name in ("candidat", "etat-civil", "jury", "motif", "grille")]
    proofs = ("MARQUE-portfolio-depose-FIN", "MARQUE-registre-depose-FIN")
    here = _side(world.own, "Jury commun", "", *marks, proofs=proofs)
    foreign = ["MARQUE-certificateur-etranger-FIN"] * len(marks)
    there = _side(world.foreign, "Autre jury", "-b", *foreign, proofs=foreign[:2])
    _vae(world.own, here, "MARQUE-vae-FIN")
    _vae(world.foreign, there, foreign[0])
    for name in SHOWN:
        setattr(world.cast, name, here.people[name])
    world.cast.noor = there.people["celine"]


def _deposit(house: build.House, session, sitting, told: str, counted: str) -> None:
    """Camille's portfolio, deposited; one member of the jury signed and reads it."""
    camille, pauline = house.people["camille"], house.people["pauline"]
    joined = {"kind": "document", "issuer": "Centre", "file": b"%PDF-1.7 " + told.encode(), "keeps_file": True}
    build_portfolio.keep(camille, title=told, text=told, reread=True, **joined)
    build_portfolio.signed(camille, "line", build_portfolio.line(camille, place=counted), words=counted)
    submit_portfolio(actor=camille.actor, snapshot_id=build_portfolio.frozen(camille).pk)
    read = {"actor": pauline.actor, "session_id": session.pk, "sitting_id": sitting.pk}
    pledge_confidentiality(agrees=True, **read)


def _side(
    found, name: str, suffix: str, named: str, civil: str, seated: str, reason: str, grid: str, *, proofs
) -> build.House:
    house = build.house(name, suffix, words=seated)
    account = house.people["camille"].member.pk
    for first, role in {"prune": Role.PREPARATEUR, "lena": Role.LECTEUR}.items():
        house.people[first] = _join(house.organisation, first + suffix, [role], [])
    told = {"birth_place": civil, "employer": civil, "accommodations": civil, "member_id": account}
    candidate = build.candidate(house, birth_name=named, **told)
    facts = CompanionFacts(kind="trainer", member_id=house.people["farid"].member.pk, structure=civil)
    name_companion(actor=house.boss, candidate_id=candidate.pk, facts=facts)
    over = build.deliberated(house, build.opened(house, [candidate], blocks=BC1 + BC3), refused=BC1, words=reason)
    text = build.drawn(house, over)
    for member in build.SEATED:
        sign_minutes(actor=house.people[member].actor, session_id=over.pk, digest=text.digest)
    alive = build.opened(house, [candidate], blocks=BC2)
    sitting = Sitting.objects.get(session=alive)
    build.mark(house, "pauline", sitting, comment=grid)
    found |= {"exam": [alive.pk, over.pk], "sitting": [sitting.pk, Sitting.objects.filter(session=over).first().pk]}
    _deposit(house, alive, sitting, *proofs)
    paper = deliver_certificate(actor=house.boss, candidate_id=candidate.pk, block_code=BC3[0])
    identifiers = {"client": "AB123CDE", "certifier": "E564ACB0", "contract": "1"}
    deposit = Deposit.objects.create(
        organisation_id=house.organisation.pk, made_by_id=house.people["celine"].member.pk, **identifiers
    )
    found |= {"certificate": [paper.pk], "deposit": [deposit.pk]}
    told = {"record_code": "RNCP41674", "year": YEAR, "wave": "6m", "due_on": today(), "expires_at": now()}
    survey = Survey.objects.create(organisation_id=house.organisation.pk, candidate=candidate, **told)
    body = name_body(actor=house.boss, name="Formations des rives")
    attach_account(actor=house.boss, body_id=body.pk, member_id=house.people["prune"].member.pk)
    say_who_prepares(actor=house.boss, candidate_id=candidate.pk, body_id=body.pk)
    found["body"] = [body.pk]
    found["minutes"] = [over.minutes.pk]
    found["tie"] = [build.tie(house, "petra", candidate, "other", reason=seated).pk]
    found["survey"] = [survey.pk]
    found["document"] = [SubmissionFile.objects.get(candidate=candidate).pk]
    found["seat"] = [build.seat_of(house, one, "pierre").pk for one in (alive, over)]
    found |= {"candidate": [candidate.pk], "juror": [house.jurors["pauline"].pk]}
    export = RegisterExport.objects.create(organisation=house.organisation, state="read")
    ExportEntry.objects.create(export=export, code="RNCP1", title=civil, searched="rncp1", offset=0, length=1)
    record = Record.objects.create(code=f"RNCP9{suffix}", title=civil, brought_by=house.organisation)
    block = record.blocks.create(rank=1, code="RNCP9BC01", title=civil)
    found |= {"register_export": [export.pk], "block": [block.pk]}
    return house


def _vae(found, house: build.House, words: str) -> None:
    """A candidate by the VAE whose file came from the national service, and another that waits for a file."""
    person = build_vae.candidate(house, account="")
    identifier = str(uuid.uuid4())
    name_service_id(actor=house.boss, candidate_id=person.pk, service_id=identifier)
    build_vae.sent(house, person, words=words)
    build_vae.decided(house, person, "incomplete", words)
    arrival = VaeArrival(organisation_id=house.organisation.pk, service_id=str(uuid.uuid4()), content="{}")
    arrival.save()
    found["candidate"].append(person.pk)
    found |= {"arrival": [arrival.pk], "send": [VaeSend.objects.get(candidate=person).pk]}
    told = {"candidate": person, "dossier": VaeDossier.objects.get(candidate=person)}
    correction = VaeCorrection(organisation_id=house.organisation.pk, session_id=found["exam"][1], **told)
    correction.told, correction.present = "ECHEC", "CANDIDAT_ABSENT"
    correction.save()
    found["correction"] = [correction.pk]
    found["piece"] = [VaePiece.objects.get(candidate=person).pk]
