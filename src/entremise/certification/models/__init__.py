"""Candidates, juries, sessions, marks, minutes."""

from entremise.certification.models.candidates import Candidacy, Candidate, Companion, Enrolment
from entremise.certification.models.certifier import CertifierSettings
from entremise.certification.models.juries import Juror, Tie
from entremise.certification.models.minutes import Addendum, Minutes, MinutesSignature
from entremise.certification.models.sessions import BlockResult, ExamSession, Mark, Seat, Sitting

__all__ = [
    "Addendum",
    "BlockResult",
    "Candidacy",
    "Candidate",
    "CertifierSettings",
    "Companion",
    "Enrolment",
    "ExamSession",
    "Juror",
    "Mark",
    "Minutes",
    "MinutesSignature",
    "Seat",
    "Sitting",
    "Tie",
]
