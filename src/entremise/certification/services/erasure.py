"""The words of a candidate's file go: its key is destroyed, its rows are emptied, results and numbers stay."""

import uuid
from collections.abc import Sequence

from django.db import transaction

from entremise.certification.events import CandidateErased
from entremise.certification.models import (
    Badge,
    BlockResult,
    Candidate,
    Certificate,
    Companion,
    DepositLine,
    Mark,
    Submission,
    SubmissionFile,
    Survey,
    Tie,
    VaeDossier,
)
from entremise.core.actor import system_actor
from entremise.core.time import now
from entremise.journal.services import publish
from entremise.keys.services import erase_keyed, finish_keyed

_EMPTIED: tuple[str, ...] = (
    "birth_name",
    "usage_name",
    "first_names",
    "born_on",
    "birth_place",
    "birth_code",
    "birth_country",
)
_EMPTIED += ("email", "employer", "accommodations", "extra_time", "civil_hash", "sex")


def erase_candidates(candidate_ids: Sequence[uuid.UUID]) -> int:
    """Erase these files; gives how many were not erased yet. Harmless when run twice."""
    return erase_keyed(Candidate.objects.all(), candidate_ids, _empty)


def finish_erasures() -> str:
    """Empty the rows of files whose key is gone. One sentence for the operator."""
    return f"{finish_keyed(Candidate.objects.all(), _empty)} dossiers de candidat vidés"


@transaction.atomic
def _empty(candidate_ids: Sequence[uuid.UUID]) -> int:
    Companion.objects.filter(candidate_id__in=candidate_ids).delete()
    VaeDossier.objects.filter(candidate_id__in=candidate_ids).delete()  # with its words, pieces, history and sends
    SubmissionFile.objects.filter(candidate_id__in=candidate_ids).delete()
    Tie.objects.filter(candidate_id__in=candidate_ids).delete()
    Mark.objects.filter(sitting__candidate_id__in=candidate_ids).update(comment="")
    BlockResult.objects.filter(sitting__candidate_id__in=candidate_ids).update(reason="", advice="")
    Certificate.objects.filter(candidate_id__in=candidate_ids).update(content="", revocation="")
    Badge.objects.filter(candidate_id__in=candidate_ids).update(content="")
    DepositLine.objects.filter(candidate_id__in=candidate_ids).update(message="")
    Survey.objects.filter(candidate_id__in=candidate_ids).update(answer="")
    Submission.objects.filter(candidate_id__in=candidate_ids).update(content="")
    rows = Candidate.objects.filter(pk__in=candidate_ids)
    owners = dict(rows.values_list("pk", "organisation_id"))
    rows.update(**dict.fromkeys(_EMPTIED, ""), member=None, erased_at=now())
    for candidate_id, organisation_id in owners.items():
        publish(CandidateErased(actor=system_actor(organisation_id), target_id=candidate_id))
    return len(owners)
