"""The ledger of the official deposit: each whole certification, sent or not, accepted or rejected."""

import datetime as dt
import uuid
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from entremise.certification import deposit_file
from entremise.certification.deposit_file import Passage
from entremise.certification.enums import UNDONE, CertificateKind, DepositAction, DepositState
from entremise.certification.models import BlockResult, Candidate, Certificate, Deposit, DepositLine
from entremise.certification.queries.candidates import civil_status_of, warnings_of
from entremise.core.actor import Actor
from entremise.core.db import get_one, open_together
from entremise.core.permissions import require
from entremise.core.time import today

DEADLINE = dt.timedelta(days=90)  # three months after delivery, code du travail L. 6113-8
ALARM = dt.timedelta(days=60)
_SEALED = ("birth_name", "usage_name", "first_names", "born_on", "birth_place", "birth_code", "birth_country", "email")


@dataclass(frozen=True)
class LedgerLine:
    """A whole certification and where its deposit stands; ``state`` empty when it was never sent."""

    certificate: Certificate
    name: str
    state: str
    message: str
    faults: tuple[str, ...]
    warnings: tuple[str, ...]
    due_on: dt.date

    @property
    def is_late(self) -> bool:
        """Less than a month is left before the legal term, and nothing was accepted."""
        return self.state != DepositState.ACCEPTED and today() >= self.due_on - (DEADLINE - ALARM)


def to_deposit(organisation_id: uuid.UUID) -> QuerySet[Certificate]:
    """Whole certifications that hold and that no file carries, or carries no more; in the order they were delivered."""
    carried = _carried(DepositAction.CREATION)
    held = Certificate.objects.filter(
        organisation_id=organisation_id, kind=CertificateKind.FULL, revoked_at=None, candidate__erased_at=None
    )
    return held.exclude(pk__in=carried).select_related("candidate").order_by("record_code", "delivered_at", "pk")


def to_take_back(organisation_id: uuid.UUID) -> QuerySet[Certificate]:
    """Whole certifications that the register accepted and that were withdrawn since."""
    accepted = DepositLine.objects.filter(action=DepositAction.CREATION, state=DepositState.ACCEPTED)
    gone = Certificate.objects.filter(
        organisation_id=organisation_id, pk__in=accepted.values("certificate_id"), candidate__erased_at=None
    )
    left = gone.exclude(revoked_at=None).exclude(pk__in=_carried(DepositAction.SUPPRESSION))
    return left.select_related("candidate").order_by("record_code", "delivered_at", "pk")


def _carried(action: DepositAction) -> QuerySet[DepositLine, Any]:
    return DepositLine.objects.filter(action=action).exclude(state__in=UNDONE).values("certificate_id")


def ledger(actor: Actor, *, limit: int | None = 500) -> list[LedgerLine]:
    """What is left to send first, then what waits, then what was accepted; five queries whatever the number.

    Beyond ``limit`` the oldest accepted ones are left out; None reads them all.
    """
    require(actor, "certification.manage")
    held = Certificate.objects.visible_to(actor).filter(kind=CertificateKind.FULL, candidate__erased_at=None)
    accepted = DepositLine.objects.filter(action=DepositAction.CREATION, state=DepositState.ACCEPTED)
    done = Exists(accepted.filter(certificate=OuterRef("pk")))  # last, so that the limit leaves out none that waits
    held = held.filter(revoked_at=None).select_related("candidate").annotate(done=done)
    rows = list(held.order_by("done", "-delivered_at", "-pk")[:limit])
    sent = DepositLine.objects.filter(action=DepositAction.CREATION).exclude(state=DepositState.REPLACED)
    lines = sent.filter(certificate_id__in=[row.pk for row in rows]).order_by("deposit__stamped_at", "pk")
    last = {line.certificate_id: line for line in lines}
    passages = {one.identifier: one for one in passages_of(rows)}
    found = [_line(row, last.get(row.pk), passages.get(str(row.pk))) for row in rows]
    order = {"": 0, DepositState.REJECTED: 0, DepositState.SENT: 1, DepositState.ACCEPTED: 2}
    return sorted(found, key=lambda line: (order[line.state], line.due_on))


def _line(row: Certificate, last: DepositLine | None, passage: Passage | None) -> LedgerLine:
    to_send = last is None or last.state == DepositState.REJECTED
    return LedgerLine(
        row,
        row.candidate.name,
        last.state if last else "",
        last.message if last else "",
        tuple(deposit_file.passage_faults(passage, today())) if to_send and passage else (),
        tuple(warnings_of(row.candidate)) if to_send else (),
        row.delivered_on + DEADLINE,
    )


def passages_of(certificates: Sequence[Certificate]) -> list[Passage]:
    """The passages of these certificates, with the civil status of today; the exam is that of the last block."""
    open_together([one.candidate for one in certificates], *_SEALED)
    exams = _exams([one.candidate_id for one in certificates])
    enrolled = _enrolled([one.candidate_id for one in certificates])
    found = []
    for one in certificates:
        exam = exams.get((one.candidate_id, one.acquired_on))
        session = exam.sitting.session if exam else None
        found.append(
            Passage(
                identifier=str(one.pk),
                code=one.record_code,
                person=civil_status_of(one.candidate),
                route=one.route,
                obtained_on=one.acquired_on,
                enrolled_on=enrolled.get((one.candidate_id, one.record_code)),
                exam_from=session.starts_on if session else None,
                exam_to=session.ends_on if session else None,
                modality=session.modality if session else "",
                postal_code=session.postal_code if session else "",
            )
        )
    return found


def _exams(candidates: Collection[uuid.UUID]) -> dict[tuple[uuid.UUID, dt.date], BlockResult]:
    rows = BlockResult.objects.filter(sitting__candidate_id__in=candidates).select_related("sitting__session")
    return {(row.sitting.candidate_id, row.sitting.session.ends_on): row for row in rows}


def _enrolled(candidates: Collection[uuid.UUID]) -> dict[tuple[uuid.UUID, str], dt.date]:
    """When each first came to each certification."""
    rows = Candidate.objects.filter(pk__in=candidates).order_by("-candidacies__opened_on")
    told = rows.values_list("pk", "candidacies__record_code", "candidacies__opened_on")
    return {(candidate, code): day for candidate, code, day in told}


def list_deposits(actor: Actor) -> QuerySet[Deposit]:
    """The files made, the latest first, with how many passages were accepted and rejected."""
    require(actor, "certification.manage")
    counted = {
        "sent": Count("lines"),
        "accepted": Count("lines", filter=Q(lines__state=DepositState.ACCEPTED)),
        "rejected": Count("lines", filter=Q(lines__state=DepositState.REJECTED)),
    }
    return Deposit.objects.visible_to(actor).annotate(**counted).order_by("-stamped_at", "-pk")


def get_deposit(actor: Actor, deposit_id: uuid.UUID) -> Deposit:
    """One file; NotFound for anybody else's."""
    require(actor, "certification.manage")
    return get_one(Deposit.objects.visible_to(actor).filter(pk=deposit_id))


def count_late(actor: Actor) -> int:
    """Whole certifications near the end of the three months, or past it, that were never accepted; one query."""
    accepted = DepositLine.objects.filter(action=DepositAction.CREATION, state=DepositState.ACCEPTED)
    held = Certificate.objects.visible_to(actor).filter(
        kind=CertificateKind.FULL, revoked_at=None, candidate__erased_at=None, delivered_on__lte=today() - ALARM
    )
    return held.exclude(pk__in=accepted.values("certificate_id")).count()
