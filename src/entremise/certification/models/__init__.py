"""Candidates, juries, sessions, marks, minutes, certificates, deposits."""

from entremise.certification.models.badges import Badge, BadgeKey
from entremise.certification.models.candidates import Candidacy, Candidate, Companion, Enrolment
from entremise.certification.models.certificates import Certificate
from entremise.certification.models.certifier import CertifierSettings
from entremise.certification.models.convocations import Convocation
from entremise.certification.models.deposits import Deposit, DepositLine
from entremise.certification.models.grids import Grid, SessionGrid
from entremise.certification.models.juries import Juror, Tie
from entremise.certification.models.minutes import Addendum, Minutes, MinutesSignature
from entremise.certification.models.notices import ResultNotice
from entremise.certification.models.portfolio import Pledge, Submission, SubmissionFile
from entremise.certification.models.preparing import Preparation, PreparingBody, PreparingContact
from entremise.certification.models.sessions import BlockResult, ExamSession, Mark, Seat, Sitting
from entremise.certification.models.surveys import PromotionFigures, Survey
from entremise.certification.models.timetables import Slot, Timetable
from entremise.certification.models.vae import VaeCompetence, VaeDossier, VaePiece, VaeSettings, VaeStep
from entremise.certification.models.vae_service import VaeArrival, VaeCorrection, VaeSend

__all__ = [
    "Addendum",
    "Badge",
    "BadgeKey",
    "BlockResult",
    "Candidacy",
    "Candidate",
    "Certificate",
    "CertifierSettings",
    "Companion",
    "Convocation",
    "Deposit",
    "DepositLine",
    "Enrolment",
    "ExamSession",
    "Grid",
    "Juror",
    "Mark",
    "Minutes",
    "MinutesSignature",
    "Pledge",
    "Preparation",
    "PreparingBody",
    "PreparingContact",
    "PromotionFigures",
    "ResultNotice",
    "Seat",
    "SessionGrid",
    "Sitting",
    "Slot",
    "Submission",
    "SubmissionFile",
    "Survey",
    "Tie",
    "Timetable",
    "VaeArrival",
    "VaeCompetence",
    "VaeCorrection",
    "VaeDossier",
    "VaePiece",
    "VaeSend",
    "VaeSettings",
    "VaeStep",
]
