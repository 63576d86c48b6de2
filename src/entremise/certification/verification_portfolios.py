"""What can be proved about deposited portfolios: the text is the one whose fingerprint was kept, and journalled."""

import hashlib
from collections.abc import Iterator

from entremise.certification.models import Submission, SubmissionFile
from entremise.core import verify
from entremise.core.canonical import digest_of
from entremise.core.crypto import CryptoError
from entremise.core.pieces import bytes_of
from entremise.core.verify import Finding
from entremise.journal.queries import events_of

NAME = "certification.portfolios"


def register_checks() -> None:
    """Add deposited portfolios to `entremise verify`."""
    verify.register(NAME, check_submissions)


def check_submissions() -> Finding:
    """Every deposited portfolio of a file that was not erased."""
    count, faults = 0, []
    for one in Submission.objects.exclude(content="").order_by("submitted_at", "pk").iterator():
        count += 1
        faults += [f"{one.digest[:12]} : {fault}" for fault in _faults(one)]
    for file in SubmissionFile.objects.order_by("pk").iterator():
        faults += [f"{file.digest[:12]} : {fault}" for fault in _file_faults(file)]
    if faults:
        return Finding(NAME, False, "; ".join(faults[:5]))
    return Finding(NAME, True, f"portfolios déposés intacts : {count}")


def _faults(one: Submission) -> Iterator[str]:
    known = {event.codes.get("digest") for event in events_of(one.candidate_id, ["candidate.portfolio_submitted"])}
    if known and one.digest not in known:
        yield "le journal n’a pas gardé cette empreinte"
    try:
        text = one.content
    except CryptoError:
        yield "le texte ne s’ouvre pas"
        return
    if digest_of(text) != one.digest:
        yield "le texte a changé depuis le dépôt"


def _file_faults(file: SubmissionFile) -> Iterator[str]:
    try:
        content = bytes_of(file.content)
    except CryptoError:
        yield "le document ne s’ouvre pas"
        return
    if hashlib.sha256(content).hexdigest() != file.digest:
        yield "le document a changé depuis le dépôt"
