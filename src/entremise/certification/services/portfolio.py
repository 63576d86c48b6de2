"""Depositing one's portfolio, signing before reading one, and deciding of the prerequisites it proves."""

import json
import uuid

from django.db import transaction

from entremise.certification.commands import CandidacyFacts
from entremise.certification.events import ConfidentialityPledged, PortfolioSubmitted
from entremise.certification.models import Candidacy, Candidate, Pledge, Submission, SubmissionFile
from entremise.certification.queries.candidates import open_candidacy, own_file
from entremise.certification.queries.portfolio import PLEDGE, juror_reading
from entremise.certification.services.candidates import change_candidacy, held_candidate
from entremise.core.actor import Actor
from entremise.core.canonical import digest_of
from entremise.core.db import get_one
from entremise.core.errors import FORM, InvalidInput, NotFound
from entremise.core.permissions import require
from entremise.journal.services import publish
from entremise.practice.queries.evidence_files import files_of
from entremise.practice.queries.portfolio import get_snapshot


@transaction.atomic
def submit_portfolio(*, actor: Actor, snapshot_id: uuid.UUID) -> Submission:
    """The candidate deposits one of their own frozen portfolios in their own file. NotFound for any other of both."""
    require(actor, "certification.submit")
    candidate = own_file(actor)
    if candidate is None:
        raise NotFound("candidate")
    # Locked: two clicks deposit once.
    candidate = get_one(Candidate.objects.select_for_update().filter(pk=candidate.pk, erased_at=None))
    snapshot = get_snapshot(actor, snapshot_id)
    if digest_of(snapshot.content) != snapshot.digest:
        raise InvalidInput({FORM: ["Ce portfolio a changé depuis qu’il a été figé : figez-en un autre."]})
    if Submission.objects.filter(candidate=candidate, digest=snapshot.digest).exists():
        raise InvalidInput({FORM: ["Ce portfolio est déjà déposé dans votre dossier."]})
    submission = Submission.objects.create(
        candidate=candidate, content=snapshot.content, digest=snapshot.digest, frozen_at=snapshot.frozen_at
    )
    _copy_files(actor, submission)
    publish(PortfolioSubmitted(actor=actor, target_id=candidate.pk, codes={"digest": submission.digest}))
    return submission


def _copy_files(actor: Actor, submission: Submission) -> None:
    """The files of the portfolio that counts from now on; those of an earlier deposit go."""
    told = json.loads(submission.content)
    SubmissionFile.objects.filter(candidate_id=submission.candidate_id).delete()
    for one in files_of(actor, told):
        kept = {name: getattr(one, name) for name in ("media_type", "size", "digest", "content")}
        SubmissionFile.objects.create(candidate_id=submission.candidate_id, **kept)


@transaction.atomic
def pledge_confidentiality(*, actor: Actor, session_id: uuid.UUID, sitting_id: uuid.UUID, agrees: bool) -> Pledge:
    """A member of the jury signs, once for the session; InvalidInput unless they said yes."""
    reading = juror_reading(actor, session_id, sitting_id)
    if not agrees:
        raise InvalidInput({"agrees": ["Sans cet engagement, le portfolio reste fermé."]})
    pledge, is_new = Pledge.objects.get_or_create(seat=reading.seat, defaults={"digest": digest_of(PLEDGE)})
    if is_new:
        publish(ConfidentialityPledged(actor=actor, target_id=reading.session.pk))
    return pledge


@transaction.atomic
def retain_prerequisites(
    *, actor: Actor, candidate_id: uuid.UUID, months: int | None, nature: str, hours: int | None
) -> Candidacy:
    """What a person of the certifier retains of the ledgers they read; the route and the blocks do not change."""
    require(actor, "certification.manage")
    held = open_candidacy(held_candidate(actor, candidate_id))
    if held is None:
        raise InvalidInput({FORM: ["Cette candidature est close."]})
    blocks = tuple(one.block_code for one in held.enrolments.all())
    facts = CandidacyFacts(
        route=held.route,
        block_codes=blocks,
        experience_months=months,
        experience_nature=nature,
        internship_hours=hours,
    )
    return change_candidacy(actor=actor, candidate_id=candidate_id, facts=facts)
