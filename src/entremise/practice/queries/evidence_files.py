"""Reads of the files of outside documents. Before a deposit there is no other reader than their author."""

import uuid
from collections.abc import Iterable
from typing import Any

from django.db.models import QuerySet

from entremise.core.actor import Actor
from entremise.core.db import get_one
from entremise.core.permissions import require
from entremise.practice.models import Evidence, EvidenceFile
from entremise.practice.queries.portfolio import get_evidence


def own_files(actor: Actor) -> QuerySet[EvidenceFile]:
    """One's own, none while confidences are shut."""
    require(actor, "practice.keep_portfolio")
    return EvidenceFile.objects.visible_to(actor)


def file_of(evidence: Evidence | None) -> EvidenceFile | None:
    """The file of an evidence, its content left closed; None when only a fingerprint is kept."""
    return EvidenceFile.objects.filter(evidence=evidence).defer("content").first() if evidence else None


def get_file(actor: Actor, evidence_id: uuid.UUID) -> EvidenceFile:
    """The file of one of one's own pieces of evidence; NotFound for any other."""
    return get_one(own_files(actor).filter(evidence=get_evidence(actor, evidence_id)))


def named_files(told: dict[str, Any]) -> set[str]:
    """The fingerprints of the files that a portfolio says it holds."""
    return {one["document"]["digest"] for one in told["evidence"] if (one["document"] or {}).get("filed")}


def files_of(actor: Actor, told: dict[str, Any]) -> Iterable[EvidenceFile]:
    """The files that a portfolio says it holds and that are still there, each fingerprint once."""
    found = {one.digest: one for one in own_files(actor).filter(digest__in=named_files(told))}
    return found.values()
