"""Reads of deposited portfolios: whole for the jury of the candidate's session, the ledgers alone for the certifier."""

import datetime as dt
import json
import uuid
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from entremise.certification.enums import LIVING
from entremise.certification.models import (
    Candidate,
    ExamSession,
    Pledge,
    Seat,
    Sitting,
    Submission,
    SubmissionFile,
    VaePiece,
)
from entremise.certification.queries.candidates import get_candidate, latest_candidacy
from entremise.certification.queries.certifier import record_of
from entremise.certification.queries.sessions import aside_of, get_session, get_sitting, own_seat
from entremise.certification.queries.vae import BlockTold, blocks_told, jury_pieces
from entremise.core.actor import Actor
from entremise.core.errors import NotFound
from entremise.core.permissions import require
from entremise.practice.queries.ledger import still_missing

PLEDGE = (
    "Je lis ce portfolio pour évaluer la personne candidate, et pour rien d’autre. Je n’en copie ni n’en répète rien. "
    "Si je crois reconnaître une situation ou une personne, je n’en parle à personne et je n’en tiens pas compte."
)


def submissions_of(candidate: Candidate) -> QuerySet[Submission]:
    """What a candidate deposited, the last first."""
    return Submission.objects.filter(candidate=candidate)


def latest_submission(candidate_id: uuid.UUID) -> Submission | None:
    """The portfolio that counts: the last deposited; None when there is none, or once the file is erased."""
    return Submission.objects.filter(candidate_id=candidate_id).exclude(content="").first()


def read_submission(submission: Submission) -> dict[str, Any]:
    """What it says, as its author froze it."""
    return json.loads(submission.content)


@dataclass(frozen=True)
class JurorReading:
    """A member of a jury before a portfolio: ``pledge`` None until they signed, and then nothing of it is shown."""

    session: ExamSession
    sitting: Sitting
    seat: Seat
    pledge: Pledge | None
    submission: Submission | None
    pieces: list[VaePiece]

    def files(self) -> list[SubmissionFile]:
        """The documents that the portfolio holds, their content left closed."""
        if self.pledge is None or self.submission is None:
            return []
        return list(SubmissionFile.objects.filter(candidate_id=self.sitting.candidate_id).defer("content"))

    def told(self, actor: Actor) -> list[BlockTold]:
        """What a VAE candidate wrote, block by block; opened for who signed only."""
        candidacy = latest_candidacy(self.sitting.candidate)
        return blocks_told(candidacy, record_of(actor)) if self.pledge and self.pieces and candidacy else []


def juror_reading(actor: Actor, session_id: uuid.UUID, sitting_id: uuid.UUID) -> JurorReading:
    """What a member of the jury may open; NotFound for anybody else, and once the session no longer lives.

    Neither the certifier's staff, nor a member who stands aside for this candidate: reading is judging.
    """
    require(actor, "certification.judge")
    session = get_session(actor, session_id)
    seat = own_seat(actor, session)
    if seat is None or session.state not in LIVING:
        raise NotFound("portfolio")
    sitting = get_sitting(session, sitting_id)
    if (seat.juror_id, sitting.candidate_id) in aside_of(session):
        raise NotFound("portfolio")
    portfolio, pieces = latest_submission(sitting.candidate_id), jury_pieces(sitting.candidate)
    return JurorReading(session, sitting, seat, pledge_of(seat), portfolio, pieces)


def juror_piece(actor: Actor, session_id: uuid.UUID, sitting_id: uuid.UUID, piece_id: uuid.UUID) -> VaePiece:
    """A piece of the validation file, for a member of the jury who signed; NotFound otherwise."""
    reading = juror_reading(actor, session_id, sitting_id)
    if reading.pledge is None or piece_id not in {one.pk for one in reading.pieces}:
        raise NotFound("vae piece")
    return VaePiece.objects.get(pk=piece_id)


def juror_file(actor: Actor, session_id: uuid.UUID, sitting_id: uuid.UUID, file_id: uuid.UUID) -> SubmissionFile:
    """A document of the deposited portfolio, for a member of the jury who signed; NotFound otherwise."""
    reading = juror_reading(actor, session_id, sitting_id)
    if file_id not in {one.pk for one in reading.files()}:
        raise NotFound("portfolio file")
    return SubmissionFile.objects.get(pk=file_id)


def pledge_of(seat: Seat) -> Pledge | None:
    """What this member signed for this session."""
    return Pledge.objects.filter(seat=seat).first()


@dataclass(frozen=True)
class LedgersShown:
    """The ledgers of a candidate, for the certifier who decides; ``missing`` in sentences, nothing is decided by it."""

    candidate: Candidate
    submission: Submission | None
    ledgers: dict[str, list[dict[str, Any]]]
    totals: dict[str, int]
    missing: list[str]


def ledgers_of(actor: Actor, candidate_id: uuid.UUID) -> LedgersShown:
    """Hours and months with who attested them, and not a word of the evidence."""
    require(actor, "certification.manage")
    candidate = get_candidate(actor, candidate_id)
    submission = latest_submission(candidate.pk)
    if submission is None:
        return LedgersShown(candidate, None, {}, {}, [])
    told, record = read_submission(submission), record_of(actor)
    missing = still_missing(told["totals"], record.validation_hours, record.entry_months)
    ledgers = {kind: [_dated(line) for line in lines] for kind, lines in told["ledgers"].items()}
    return LedgersShown(candidate, submission, ledgers, told["totals"], missing)


def _dated(line: dict[str, Any]) -> dict[str, Any]:
    """A line with its days as dates, and those of who attested it."""
    given = [one | {"signed_on": dt.date.fromisoformat(one["signed_on"])} for one in line["attestations"]]
    days = {name: dt.date.fromisoformat(line[name]) for name in ("starts_on", "ends_on") if line[name]}
    return line | days | {"attestations": given}
