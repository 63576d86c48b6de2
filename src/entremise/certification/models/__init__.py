"""Candidates, juries, the certifier's rules."""

from entremise.certification.models.candidates import Candidacy, Candidate, Companion, Enrolment
from entremise.certification.models.certifier import CertifierSettings
from entremise.certification.models.juries import Juror, Tie

__all__ = [
    "Candidacy",
    "Candidate",
    "CertifierSettings",
    "Companion",
    "Enrolment",
    "Juror",
    "Tie",
]
