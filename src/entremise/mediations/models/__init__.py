"""Tables of formal mediations."""

from entremise.mediations.models.agreement import (
    FollowUp,
    FollowUpAnswer,
    MediationAgreement,
    Signature,
    Undertaking,
)
from entremise.mediations.models.case import Case, CaseMediator, StageMove
from entremise.mediations.models.oversight import CaseAlert, Disclosure
from entremise.mediations.models.parties import Consent, Party
from entremise.mediations.models.sessions import NoteVersion, PreparationSheet, Session, VaultNote

__all__ = [
    "Case",
    "CaseAlert",
    "CaseMediator",
    "Consent",
    "Disclosure",
    "FollowUp",
    "FollowUpAnswer",
    "MediationAgreement",
    "NoteVersion",
    "Party",
    "PreparationSheet",
    "Session",
    "Signature",
    "StageMove",
    "Undertaking",
    "VaultNote",
]
