"""Reads of the results that the national service holds and that an addendum changed since."""

from dataclasses import dataclass

from entremise.certification.models import VaeCorrection, VaeDossier
from entremise.certification.national import NationalResult
from entremise.certification.queries.candidates import open_names
from entremise.core.actor import Actor
from entremise.core.db import open_together
from entremise.core.permissions import require

MOST = 100


@dataclass(frozen=True)
class CorrectionLine:
    """A result to have corrected, in words."""

    correction: VaeCorrection
    told: str
    present: str


def corrections_of(dossier: VaeDossier) -> list[CorrectionLine]:
    """Those of one dossier that nobody had mended yet; for who reads the dossier."""
    rows = VaeCorrection.objects.filter(dossier_id=dossier.pk, done_at=None).select_related("session__minutes")
    return _lines(list(rows))


def to_correct(actor: Actor) -> list[CorrectionLine]:
    """Those of the house, the oldest first; names opened once."""
    require(actor, "certification.manage")
    rows = VaeCorrection.objects.visible_to(actor).filter(done_at=None)
    found = list(rows.select_related("candidate", "session__minutes")[:MOST])
    open_names([row.candidate for row in found])
    return _lines(found)


def count_to_correct(actor: Actor) -> int:
    """How many wait for a person."""
    return VaeCorrection.objects.visible_to(actor).filter(done_at=None).count()


def _lines(rows: list[VaeCorrection]) -> list[CorrectionLine]:
    open_together(rows, "told", "present")
    return [
        CorrectionLine(row, str(NationalResult(row.told).label), str(NationalResult(row.present).label)) for row in rows
    ]
