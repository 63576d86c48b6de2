"""Sheets, the meetings of analysis groups, and the portfolio."""

from entremise.practice.models.meetings import Contribution, Meeting, Seat
from entremise.practice.models.portfolio import Attestation, Evidence, EvidenceFile, LedgerLine, Snapshot, Statement
from entremise.practice.models.sheets import Sheet

__all__ = [
    "Attestation",
    "Contribution",
    "Evidence",
    "EvidenceFile",
    "LedgerLine",
    "Meeting",
    "Seat",
    "Sheet",
    "Snapshot",
    "Statement",
]
