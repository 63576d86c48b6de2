"""Closed lists of the act of mediation. Codes are stable; each organisation may rename the labels."""

from entremise.interventions.enums.after import ZONES, ActionOrigin, Escalation, Party, VisitDone
from entremise.interventions.enums.conflict import ConflictKind, ConflictObject, DangerSign, History, Link, Tension
from entremise.interventions.enums.public import Dimension, Gender, LanguageNeed, PublicConfiguration, PublicQuality
from entremise.interventions.enums.request import ContactMode, Demand, NormRegister, Origin, Register, Theme
from entremise.interventions.enums.response import (
    CALMED,
    NOT_GIVEN,
    Action,
    FollowUp,
    Outcome,
    Slot,
    Status,
    Visibility,
)

__all__ = [
    "CALMED",
    "NOT_GIVEN",
    "ZONES",
    "Action",
    "ActionOrigin",
    "ConflictKind",
    "ConflictObject",
    "ContactMode",
    "DangerSign",
    "Demand",
    "Dimension",
    "Escalation",
    "FollowUp",
    "Gender",
    "History",
    "LanguageNeed",
    "Link",
    "NormRegister",
    "Origin",
    "Outcome",
    "Party",
    "PublicConfiguration",
    "PublicQuality",
    "Register",
    "Slot",
    "Status",
    "Tension",
    "Theme",
    "Visibility",
    "VisitDone",
]
